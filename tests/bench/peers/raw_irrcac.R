# Coefficients by their functions for raw ratings: data.table, irrCAC. FUNCTION... FILE
suppressMessages({library(data.table); library(irrCAC)})
arguments <- commandArgs(TRUE)
ratings <- fread(tail(arguments, 1))
wide <- as.data.frame(dcast(ratings, unit ~ coder, value.var = "code"))[, -1]
for (coefficient in head(arguments, -1)) print(get(coefficient)(wide)$est)
