"""Krippendorff alpha: nltk. FILE"""
import csv
import sys
from nltk.metrics.agreement import AnnotationTask

with open(sys.argv[1], newline="") as file:
    rows = csv.DictReader(file)
    data = [(row["coder"], row["unit"], row["code"]) for row in rows]
print(f"{AnnotationTask(data=data).alpha():.12f}")
