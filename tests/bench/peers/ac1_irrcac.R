# Gwet's AC1: data.table, irrCAC. FILE
suppressMessages({library(data.table); library(irrCAC)})
ratings <- fread(commandArgs(TRUE)[1])
wide <- dcast(ratings, unit ~ coder, value.var = "code")
print(gwet.ac1.raw(as.data.frame(wide)[, -1])$est)
