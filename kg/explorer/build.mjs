// Builds the pages into kg/server/static/built/, with the licences of what is in them and the hash of their sources; `--watch` goes on doing so.
// `--tests` bundles the tests for `node --test` instead.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const STATIC = join(here, "../server/static");
const ENTRIES = ["src/explorer.tsx", "src/query.tsx", "src/layout.worker.ts"];
const BUILT = join(STATIC, "built");

const common = {
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "info",
};

/** The files whose change makes what was built stale, sorted; tests/test_explorer.py hashes the same. */
async function sources() {
  const found = await readdir(join(here, "src"), { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => relative(here, join(entry.parentPath, entry.name)));
  return [...files, "build.mjs", "package-lock.json", "tsconfig.json"].map((name) => name.replaceAll("\\", "/")).sort();
}

async function hashOfSources() {
  const hash = createHash("sha256");
  for (const name of await sources()) {
    hash.update(`${name}\n`);
    hash.update(await readFile(join(here, name)));
  }
  return hash.digest("hex");
}

/** The licences of all packages of which something is in the bundles, one after another. */
async function licences(metafile) {
  const outputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const inputs = outputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name);
  const packages = new Set(inputs.flatMap((name) => /^node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[0] ?? []));
  const texts = await Promise.all([...packages].sort().map(licenceOf));
  return texts.join("\n");
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(here, folder, "package.json"), "utf8"));
  const file = (await readdir(join(here, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : await readFile(join(here, folder, file), "utf8");
  return `${name} ${version}, ${license}\n\n${text.trim()}\n\n${"-".repeat(80)}\n`;
}

const noting = {
  name: "noting",
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      await writeFile(join(BUILT, "licences.txt"), await licences(result.metafile));
      await writeFile(join(BUILT, "sources.sha256"), `${await hashOfSources()}\n`);
    });
  },
};

async function buildPages(isWatching) {
  await rm(BUILT, { recursive: true, force: true });
  await mkdir(BUILT, { recursive: true });
  const options = {
    ...common,
    entryPoints: ENTRIES,
    outdir: BUILT,
    minify: true,
    sourcemap: false,
    metafile: true,
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [noting],
  };
  if (!isWatching) return esbuild.build(options);
  const context = await esbuild.context(options);
  return context.watch();
}

async function buildTests() {
  const found = await readdir(join(here, "tests"), { recursive: true });
  const entryPoints = found.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => join("tests", name));
  const outdir = join(here, "../../build/explorer-tests");
  await rm(outdir, { recursive: true, force: true });
  await esbuild.build({
    ...common, entryPoints, outdir, platform: "node", logLevel: "warning",
    outExtension: { ".js": ".mjs" }, entryNames: "[name]",
  });
}

await (process.argv.includes("--tests") ? buildTests() : buildPages(process.argv.includes("--watch")));
