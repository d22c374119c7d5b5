# Bootstrap of units, alpha: boot, irrCAC. FILE REPLICATES
suppressMessages({library(data.table); library(irrCAC); library(boot)})
arguments <- commandArgs(TRUE)
wide <- as.data.frame(dcast(fread(arguments[1]), unit ~ coder, value.var = "code"))[, -1]
wide[] <- lapply(wide, function(x) as.integer(factor(x)))
alpha <- function(data, at) krippen.alpha.raw(data[at, ])$est$coeff.val
set.seed(1)
print(boot.ci(boot(wide, alpha, as.integer(arguments[2])), type = "perc"))
