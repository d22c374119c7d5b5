# Bootstrap of units, Gwet's AC1: boot, irrCAC. FILE REPLICATES
suppressMessages({library(data.table); library(irrCAC); library(boot)})
arguments <- commandArgs(TRUE)
wide <- as.data.frame(dcast(fread(arguments[1]), unit ~ coder, value.var = "code"))[, -1]
wide[] <- lapply(wide, function(x) as.integer(factor(x)))
ac1 <- function(data, at) gwet.ac1.raw(data[at, ])$est$coeff.val
set.seed(1)
print(boot.ci(boot(wide, ac1, as.integer(arguments[2])), type = "perc"))
