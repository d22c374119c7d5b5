"""Cohen kappa of the first two coders: pandas, scikit-learn. FILE"""
import sys
import pandas as pd
from sklearn.metrics import cohen_kappa_score

frame = pd.read_csv(sys.argv[1])
wide = frame.pivot(index="unit", columns="coder", values="code").iloc[:, :2].dropna()
print(f"{cohen_kappa_score(wide.iloc[:, 0], wide.iloc[:, 1]):.12f}")
