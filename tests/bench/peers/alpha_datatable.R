# Nominal Krippendorff alpha by hand: data.table reads and counts. FILE
suppressMessages(library(data.table))
ratings <- fread(commandArgs(TRUE)[1])
counts <- ratings[, .(n = .N), by = .(unit, code)]
counts[, m := sum(n), by = unit]
counts <- counts[m > 1]
pairable <- counts[, sum(n)]
total <- counts[, .(n = sum(n)), by = code]$n
observed <- 1 - counts[, sum(n * (n - 1) / (m - 1))] / pairable
expected <- 1 - sum(total * (total - 1)) / (pairable * (pairable - 1))
cat(sprintf("%.12f\n", 1 - observed / expected))
