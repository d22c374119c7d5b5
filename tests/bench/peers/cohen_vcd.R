# Cohen kappa of the first two coders: data.table, vcd. FILE
suppressMessages({library(data.table); library(vcd)})
wide <- as.data.frame(dcast(fread(commandArgs(TRUE)[1]), unit ~ coder, value.var = "code"))[, 2:3]
print(Kappa(table(wide[[1]], wide[[2]])))
