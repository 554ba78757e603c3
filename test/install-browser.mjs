// npm run install:browser: installs Debian's Chromium for the browser tests.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser.mjs';

const there = findBrowser();
if (there) {
  console.log(`Chromium is there: ${there}`);
  process.exit(0);
}
if (process.getuid?.() !== 0) {
  console.error(
    'Chromium is missing, and only root may install it. Run "sudo apt-get install chromium", ' +
      'or set CHROMIUM to a Chromium of your own.',
  );
  process.exit(3);
}
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const apt = (...args) =>
  spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
const install = (name) => apt('install', '-y', '-q', '--no-install-recommends', name);
// The shell without windows is the quicker one; not every release has it.
if (!apt('update', '-q') || !(install('chromium-headless-shell') || install('chromium'))) {
  console.error('apt-get failed. Install Chromium by hand, or set CHROMIUM.');
  process.exit(3);
}
if (!findBrowser()) {
  console.error('apt-get ended well, yet there is no Chromium. Set CHROMIUM.');
  process.exit(3);
}
