"""Nominal Krippendorff alpha by hand: pandas reads, numpy counts. FILE"""
import sys
import numpy as np
import pandas as pd

frame = pd.read_csv(sys.argv[1])
unit, _ = pd.factorize(frame["unit"])
code, names = pd.factorize(frame["code"])
k = len(names)
table = np.bincount(unit.astype(np.int64) * k + code, minlength=(unit.max() + 1) * k).reshape(-1, k).astype(float)
m = table.sum(axis=1)
table, m = table[m > 1], m[m > 1]
observed = ((m**2 - (table**2).sum(axis=1)) / (m - 1)).sum() / m.sum()
total = table.sum(axis=0)
n = total.sum()
expected = (n**2 - (total**2).sum()) / (n * (n - 1))
print(f"{1 - observed / expected:.12f}")
