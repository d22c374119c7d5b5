"""Counts of pairs of themes in units: pandas, scipy.sparse. FILE (unit, theme)"""
import sys
import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

frame = pd.read_csv(sys.argv[1], usecols=["unit", "theme"]).dropna().drop_duplicates()
unit, _ = pd.factorize(frame["unit"])
theme, names = pd.factorize(frame["theme"])
table = csr_matrix((np.ones(len(unit), np.int32), (unit, theme)))
print((table.T @ table).sum())
