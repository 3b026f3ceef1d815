// Builds the pages into kg/server/static/, with the hash of what they were built from; `--watch` goes on doing so.
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
  legalComments: "linked",
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

const noting = {
  name: "noting",
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length === 0) await writeFile(join(BUILT, "sources.sha256"), `${await hashOfSources()}\n`);
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
    ...common, entryPoints, outdir, platform: "node", legalComments: "none", logLevel: "warning",
    outExtension: { ".js": ".mjs" }, entryNames: "[name]",
  });
}

await (process.argv.includes("--tests") ? buildTests() : buildPages(process.argv.includes("--watch")));
