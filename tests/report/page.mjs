// Drives report pages in headless Chromium and prints "ok" and "not ok" lines.
//   node page.mjs CHROMIUM SCHEMA PROFILE FOLDER...   each FOLDER holds report.html and report.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import Ajv from "ajv";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, schema, profile, ...folders] = process.argv.slice(2);
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];

let name = "";
const judge = (right, what, details = "") => {
	console.log(`${right ? "ok" : "not ok"} ${name}: ${what}`);
	if (!right) console.log(String(details).split("\n").slice(0, 20).map((l) => "# " + l).join("\n"));
};

// A page that remembers all it says and asks for.
const open = async (context, url) => {
	const page = await context.newPage(), said = [], asked = [];
	page.on("console", (message) => said.push(message.text()));
	page.on("pageerror", (error) => said.push(error.message));
	page.on("request", (request) => asked.push(request.url()));
	await page.goto(url);
	await page.evaluate(() => document.fonts.ready);
	return { page, said, asked };
};

const pictures = (page) => page.$$eval("main img", async (all) => Promise.all(all.map(async (img) => {
	await img.decode().catch(() => {});
	const box = img.getBoundingClientRect();
	return { whole: img.complete && img.naturalWidth > 0 && box.width > 150 && box.height > 40, alt: img.alt };
})));

const violations = async (page) => {
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
	return found.violations.map((v) => `${v.id}: ${v.help}; ${v.nodes[0].html.slice(0, 200)}`);
};

// Light and dark, wide and narrow: silent, alone, whole, without an accessibility violation.
const look = async (browser, url, scheme, width, shot) => {
	const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
	const { page, said, asked } = await open(context, url);
	const where = `${scheme}, ${width} px`;
	const seen = await pictures(page);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	const found = await violations(page);
	judge(seen.every((p) => p.whole && p.alt), `${where}: every figure is visible and described (${seen.length})`,
		JSON.stringify(seen));
	judge(wide <= width, `${where}: nothing scrolls sideways but tables`, wide);
	judge(!found.length, `${where}: axe-core finds no violation`, found.join("\n"));
	judge(!said.length, `${where}: no console message`, said.join("\n"));
	judge(asked.filter((u) => !u.startsWith("data:")).length === 1, `${where}: no request leaves the page`,
		asked.map((u) => u.slice(0, 100)).join("\n"));
	await page.screenshot({ path: shot, fullPage: false });
	await context.close();
};

const numbers = (page, table, column) => page.$$eval(`${table} tbody tr`,
	(rows, i) => rows.map((row) => row.cells[i].dataset.value).filter((v) => v !== undefined).map(Number), column);
const ascends = (list) => list.every((v, i) => !i || list[i - 1] <= v);

// With the keyboard alone: the skip link comes first, a heading sorts up and down, a filter hides rows.
const keyboard = async (browser, url) => {
	const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
	const { page } = await open(context, url);
	await page.keyboard.press("Tab");
	judge(await page.evaluate(() => document.activeElement.className === "skip"), "the skip link comes first");
	await page.keyboard.press("Enter");
	judge(await page.evaluate(() => document.activeElement.id === "main"), "and leads to the report");
	let tabs = 0;
	const at = () => page.evaluate(() => document.activeElement.closest("th") ? document.activeElement.textContent : "");
	while (!(await at()) && tabs++ < 40) await page.keyboard.press("Tab");
	judge(await at(), "headings are reached with Tab");
	const table = await page.evaluate(() => "#" + document.activeElement.closest("figure").id);
	while (!(await page.evaluate(() => document.activeElement.closest("th")?.classList.contains("num"))) && tabs++ < 60)
		await page.keyboard.press("Tab");
	const column = await page.evaluate(() => document.activeElement.closest("th").cellIndex);
	const sorted = () => page.evaluate(() => document.activeElement.closest("th").getAttribute("aria-sort"));
	await page.keyboard.press("Enter");
	judge(await sorted() === "ascending" && ascends(await numbers(page, table, column)), "Enter sorts up");
	await page.keyboard.press("Space");
	judge(await sorted() === "descending" && ascends((await numbers(page, table, column)).reverse()),
		"Space sorts down");
	const filter = page.locator("input[type=search]").first();
	if (await filter.count()) {
		await filter.focus();
		await page.keyboard.type("zzzz");
		const status = await page.locator("[role=status]").first().textContent();
		judge(/^0 of \d+ rows$/.test(status), "the filter says how many rows it leaves", status);
	}
	await context.close();
};

// Without the script the same words are there; on paper nothing is cut off.
const plain = async (browser, url, pdf) => {
	const text = async (javaScriptEnabled) => {
		const context = await browser.newContext({ javaScriptEnabled });
		const page = await context.newPage();
		await page.goto(url);
		const words = await page.locator("main").textContent();
		await context.close();
		return words.replace(/Filter /g, "").replace(/\s+/g, " ");
	};
	judge(await text(true) === await text(false), "it reads the same without the script");
	const context = await browser.newContext({ viewport: { width: 680, height: 960 } });
	const { page } = await open(context, url);
	await page.emulateMedia({ media: "print" });
	const cut = await page.$$eval("table, img, p, li", (all) => all.map((e) => [e, e.getBoundingClientRect()])
		.filter(([, box]) => box.right > innerWidth + 1)
		.map(([e, box]) => `${e.closest("figure")?.id ?? e.textContent.slice(0, 60)} ${box.right}`));
	judge(!cut.length, "on paper nothing is cut off", cut.join("\n"));
	await page.emulateMedia({ media: null });
	await page.pdf({ path: pdf, format: "A4", preferCSSPageSize: true });
	await context.close();
};

// The cells of the JSON, in order, are what the page shows.
const same = async (browser, url, report) => {
	const context = await browser.newContext({ javaScriptEnabled: true });
	const { page } = await open(context, url);
	const shown = await page.$$eval("main [data-from]", (all) => all.map((e) => {
		const copy = e.cloneNode(true);
		for (const sup of copy.querySelectorAll("sup")) sup.remove();
		return copy.textContent;
	}));
	const cells = report.sections.flatMap((s) => s.blocks).flatMap((b) => b.cells ?? (b.rows ?? []).flat());
	const told = cells.filter((c) => c.from).map((c) => c.text);
	const wrong = told.findIndex((t, i) => t !== shown[i]);
	judge(told.length === shown.length && wrong < 0 && told.length > 0,
		`names and numbers in the browser are those of the JSON (${told.length})`,
		`${told.length} ${shown.length} ${told[wrong]} / ${shown[wrong]}`);
	await context.close();
};

const valid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags });
const browser = context.browser() ?? await chromium.launch({ executablePath, args: flags });
for (const folder of folders) {
	name = folder.split("/").pop();
	const url = pathToFileURL(folder + "/report.html").href;
	const report = JSON.parse(readFileSync(folder + "/report.json", "utf8"));
	judge(valid(report), "the JSON is as docs/report.schema.json says", JSON.stringify(valid.errors));
	const broken = structuredClone(report);
	broken.sections[0].blocks[0].type = "verdict";
	judge(!valid(broken), "the schema refuses what it does not know");
	await same(browser, url, report);
	for (const scheme of ["light", "dark"])
		for (const width of [1200, 375])
			await look(browser, url, scheme, width, `${folder}/${scheme}-${width}.png`);
	await keyboard(browser, url);
	await plain(browser, url, folder + "/report.pdf");
}
await context.close();
await browser.close();
