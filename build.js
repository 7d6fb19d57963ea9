// Compiles what has changed since the last time: kit/x.ts to dist/kit/x.js. npm runs it after an install, and again
// before each command. Types are checked by `npx tsc`, not here.
// Plain JavaScript, because it runs before anything is compiled. `node build.js start ...` then runs that command in
// the same process: one that npm's shell starts by itself gets the signals that npm gets.
const fs = require("node:fs");
const path = require("node:path");

const folders = ["kit", "schema", "services", "gateway", "commands", "demo", "test", "bench"];
const out = path.join(__dirname, "dist");
const settings = fs.statSync(path.join(__dirname, ".swcrc")).mtimeMs;

/** Every TypeScript file below a folder, as paths from the project's root. */
function sources(folder) {
  const entries = fs.existsSync(path.join(__dirname, folder))
    ? fs.readdirSync(path.join(__dirname, folder), { withFileTypes: true })
    : [];
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(file);
    return /(?<!\.d|\.test)\.ts$/.test(entry.name) ? [file] : [];
  });
}

const compiledName = (file) => path.join(out, file.replace(/\.ts$/, ".js"));

function isStale(file) {
  const compiled = fs.statSync(compiledName(file), { throwIfNoEntry: false });
  return !compiled || compiled.mtimeMs < Math.max(fs.statSync(path.join(__dirname, file)).mtimeMs, settings);
}

/** What was compiled from a file that is gone must not be found by a `require`. */
function removeLeftovers(all) {
  const wanted = new Set(all.map(compiledName));
  for (const folder of folders) {
    const compiled = path.join(out, folder);
    if (!fs.existsSync(compiled)) continue;
    for (const name of fs.readdirSync(compiled, { recursive: true })) {
      const file = path.join(compiled, name);
      if (name.endsWith(".js") && !wanted.has(file)) {
        fs.rmSync(file);
        fs.rmSync(`${file}.map`, { force: true });
      }
    }
  }
}

async function compile(file) {
  const swc = require("@swc/core");
  const { code, map } = await swc.transformFile(path.join(__dirname, file), {
    sourceFileName: path.join(__dirname, file),
  });
  const target = compiledName(file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(`${target}.map`, map ?? "");
  // Written under another name and renamed: two builds at once, or one that is killed, leave no half file.
  const unfinished = `${target}.${process.pid}`;
  fs.writeFileSync(unfinished, `${code}\n//# sourceMappingURL=${path.basename(target)}.map\n`);
  fs.renameSync(unfinished, target);
}

/** Runs a command as if it had been called by itself. */
function run(command) {
  const file = path.join(out, "commands", `${command}.js`);
  process.argv.splice(1, 2, file);
  require(file);
}

const all = folders.flatMap(sources);
removeLeftovers(all);
Promise.all(all.filter(isStale).map(compile)).then(
  () => process.argv[2] && run(process.argv[2]),
  (error) => {
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
  },
);
