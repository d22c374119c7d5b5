// Nominal Krippendorff alpha as SQL: DuckDB (npm package @duckdb/node-api). FILE THREADS
const { DuckDBInstance } = require("@duckdb/node-api");

(async () => {
  const [file, threads] = process.argv.slice(2);
  const connection = await (await DuckDBInstance.create(":memory:", { threads })).connect();
  const result = await connection.runAndReadAll(`
    with counts as (select unit, code, count(*)::double n from read_csv('${file}') group by unit, code),
         units as (select unit, sum(n) m, sum(n * n) s from counts group by unit having sum(n) > 1),
         totals as (select sum(n) n from counts semi join units using (unit) group by code),
         whole as (select sum(m) n, sum((m * m - s) / (m - 1)) / sum(m) observed from units)
    select 1 - observed / ((n * n - (select sum(t.n * t.n) from totals t)) / (n * (n - 1))) from whole`);
  console.log(result.getRows()[0][0].toFixed(12));
})();
