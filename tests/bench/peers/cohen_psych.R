# Cohen kappa of the first two coders: data.table, psych. FILE
suppressMessages({library(data.table); library(psych)})
wide <- as.data.frame(dcast(fread(commandArgs(TRUE)[1]), unit ~ coder, value.var = "code"))[, 2:3]
print(cohen.kappa(wide[complete.cases(wide), ])$kappa, digits = 12)
