"""Bootstrap of units, alpha: patterns, numpy's multinomial and one matrix product. FILE REPLICATES"""
import sys
import numpy as np
import pandas as pd

frame = pd.read_csv(sys.argv[1])
replicates = int(sys.argv[2])
unit, _ = pd.factorize(frame["unit"])
code, names = pd.factorize(frame["code"])
k = len(names)
table = np.bincount(unit.astype(np.int64) * k + code, minlength=(unit.max() + 1) * k).reshape(-1, k)
pattern, count = np.unique(table, axis=0, return_counts=True)
draws = np.random.default_rng(1).multinomial(count.sum(), count / count.sum(), size=replicates).astype(float)
m = pattern.sum(axis=1).astype(float)
keep = m > 1
pairs = np.where(keep, (m**2 - (pattern.astype(float) ** 2).sum(axis=1)) / np.where(keep, m - 1, 1), 0)
total = draws @ (pattern * keep[:, None])
n = total.sum(axis=1)
alpha = 1 - (draws @ pairs / n) / ((n**2 - (total**2).sum(axis=1)) / (n * (n - 1)))
print(f"{np.quantile(alpha, 0.025):.6f} {np.quantile(alpha, 0.975):.6f}")
