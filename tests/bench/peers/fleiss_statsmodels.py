"""Fleiss kappa: pandas, statsmodels. FILE (units rated by all coders only: it takes no others)"""
import sys
import pandas as pd
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

frame = pd.read_csv(sys.argv[1])
wide = frame.pivot(index="unit", columns="coder", values="code").dropna()
table, _ = aggregate_raters(wide.to_numpy())
print(f"{fleiss_kappa(table):.12f}")
