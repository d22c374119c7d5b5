// Sorting and filtering of tables; everything can be read without it.
(() => {
	"use strict";
	const value = (row, column) => {
		const cell = row.cells[column];
		return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
	};
	const compare = (a, b) => typeof a === "number" && typeof b === "number"
		? a - b : String(a).localeCompare(String(b), "en", { numeric: true });

	// What is undefined stays at the end, whichever way the others go.
	const sort = (table, heading, column) => {
		const up = heading.getAttribute("aria-sort") !== "ascending";
		const body = table.tBodies[0];
		const undefinedLast = (row) => value(row, column) === "\u2014" || value(row, column) === "";
		const rows = [...body.rows].sort((a, b) => undefinedLast(a) - undefinedLast(b) ||
			(undefinedLast(a) ? 0 : (up ? 1 : -1) * compare(value(a, column), value(b, column))));
		for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
		heading.setAttribute("aria-sort", up ? "ascending" : "descending");
		body.append(...rows);
	};

	const sortable = (table) => {
		[...table.tHead.rows[0].cells].forEach((heading, column) => {
			const button = document.createElement("button");
			button.type = "button";
			button.append(...heading.childNodes);
			heading.append(button);
			button.addEventListener("click", () => sort(table, heading, column));
		});
	};

	const filterable = (table, figure, name) => {
		const tools = document.createElement("div"), label = document.createElement("label");
		const input = document.createElement("input"), status = document.createElement("span");
		tools.className = "tools";
		input.type = "search";
		input.setAttribute("aria-label", "Filter the rows of " + name);
		status.setAttribute("role", "status");
		label.append("Filter ", input);
		tools.append(label, status);
		figure.insertBefore(tools, figure.querySelector(".scroll"));
		input.addEventListener("input", () => {
			const wanted = input.value.trim().toLowerCase();
			let shown = 0;
			for (const row of table.tBodies[0].rows) {
				row.hidden = !row.textContent.toLowerCase().includes(wanted);
				shown += row.hidden ? 0 : 1;
			}
			status.textContent = wanted ? shown + " of " + table.tBodies[0].rows.length + " rows" : "";
		});
	};

	for (const figure of document.querySelectorAll("figure.table")) {
		const table = figure.querySelector("table");
		if (table.tBodies[0].rows.length > 1) sortable(table);
		if (table.tBodies[0].rows.length > 10) filterable(table, figure, figure.querySelector("strong").textContent);
	}
})();
