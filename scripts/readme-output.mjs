#!/usr/bin/env node
// Puts what the built command prints into the console blocks of README.md and docs/, or of the pages named, and writes the
// pages of docs/gallery/; a test holds them equal.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { documents, fromRoot, refreshed } from './console-blocks.mjs';

const pages = process.argv.length > 2 ? process.argv.slice(2) : await documents();
for (const page of pages) {
  for (const [name, text] of Object.entries(await refreshed(page))) {
    const path = fromRoot(name);
    if (existsSync(path) && text === readFileSync(path, 'utf8')) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.partial`, text);
    renameSync(`${path}.partial`, path);
    console.log(`${name} was refreshed`);
  }
}
