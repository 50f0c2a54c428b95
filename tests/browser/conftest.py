"""A real browser for the tests: small and wide, light and dark, with axe-core in every page.

One Chromium opens one page, which loads the documents in frames, one after another; a script that
is added to each says what axe-core finds (its default rules, none switched off), whether anything
is wider than the frame, how small the smallest text is, and which letters have no glyph.
"""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from attrs import frozen

SCHEMES = {"light": 1, "dark": 0}
BATCH = 19
LEAST_PIXELS = 14

PROBE = """
<script src="axe.min.js"></script>
<script>
function letters() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  pen.font = '24px ' + getComputedStyle(document.body).fontFamily;
  const draw = letter => {
    pen.clearRect(0, 0, 48, 48);
    pen.fillText(letter, 8, 32);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const none = draw('\\u{10FFFD}');
  const all = new Set(document.body.innerText.normalize('NFC'));
  return [...all].filter(letter => /\\p{L}/u.test(letter) && draw(letter) === none);
}
function smallest() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 99;
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const seen = parent.getClientRects().length && !parent.closest('script,[aria-hidden]');
    if (walker.currentNode.data.trim() && seen)
      least = Math.min(least, parseFloat(getComputedStyle(parent).fontSize));
  }
  return least;
}
addEventListener('load', async () => {
  const found = await axe.run(document);
  const root = document.documentElement;
  parent.postMessage(JSON.stringify({
    name: document.title,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    wide: root.scrollWidth - root.clientWidth,
    small: smallest(),
    tofu: letters(),
    passes: found.passes.length,
    faults: found.violations
      .filter(each => ['serious', 'critical'].includes(each.impact))
      .map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | ')),
  }), '*');
});
</script>
"""
DRIVER = """<!DOCTYPE html><title>driver</title><body><pre id="out"></pre><script>
const files = %s, found = {};
async function show(file) {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'border:0;height:900px;width:%dpx';
  const said = new Promise(done =>
    addEventListener('message', each => done(each.data), {once: true}));
  frame.src = file;
  document.body.append(frame);
  found[file] = JSON.parse(await said);
  frame.remove();
}
(async () => {
  for (const file of files) await show(file);
  document.getElementById('out').textContent = JSON.stringify(found);
})();
</script>"""


@frozen
class Browser:
    """Chromium, and a folder with the documents that it opens."""

    chromium: str
    folder: Path

    def put(self, name: str, html: str) -> None:
        """Lay a document down, once with the probe in it and once as it is."""
        (self.folder / name).write_text(html.replace("</body>", f"{PROBE}</body>"), "utf-8")
        (self.folder / "plain").mkdir(exist_ok=True)
        (self.folder / "plain" / name).write_text(html, "utf-8")

    def look(self, files: list[str], width: int, scheme: str) -> None:
        """Fail where a document cannot be read by everybody at this width and in this scheme."""
        answers: dict[str, object] = {}
        for at in range(0, len(files), BATCH):
            answers.update(self._seen(files[at : at + BATCH], width, scheme))
        assert list(answers) == files
        for file, answer in answers.items():
            assert isinstance(answer, dict)
            assert answer["passes"] > 10, file
            assert answer["dark"] is (scheme == "dark"), file
            assert answer["faults"] == [], (file, answer["faults"])
            assert answer["wide"] <= 0, (file, answer["wide"])
            assert answer["small"] >= LEAST_PIXELS, (file, answer["small"])
            assert answer["tofu"] == [], (file, answer["tofu"])

    def check(self, jar: Path) -> None:
        """Fail where the Nu checker finds an error in any document."""
        java = shutil.which("java")
        if java is None:
            pytest.skip("java is not installed")
        plain = str(self.folder / "plain")
        run = subprocess.run(
            [java, "-jar", str(jar), "--errors-only", "--format", "gnu", plain],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert run.stderr.strip() == ""
        assert run.returncode == 0

    def _seen(self, files: list[str], width: int, scheme: str) -> dict[str, object]:
        driver = self.folder / f"driver-{width}-{scheme}-{files[0]}"
        driver.write_text(DRIVER % (json.dumps(files), width), encoding="utf-8")
        run = subprocess.run(
            [
                self.chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--allow-file-access-from-files",
                f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
                "--window-size=1000,1000",
                "--virtual-time-budget=600000",
                "--dump-dom",
                driver.as_uri(),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        said = re.search(r'<pre id="out">(.*?)</pre>', run.stdout, re.DOTALL)
        assert said is not None, run.stderr[-2000:]
        assert said.group(1), "the pages did not finish"
        answers: dict[str, object] = json.loads(unescape(said.group(1)))
        return answers


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Browser:
    """An empty folder and Chromium; without it the test is skipped."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed")
    folder = tmp_path_factory.mktemp("documents")
    shutil.copy(node_modules / "axe-core" / "axe.min.js", folder)
    return Browser(found, folder)


@pytest.fixture(scope="session")
def nu_checker(node_modules: Path) -> Path:
    """The Nu checker's archive."""
    return node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
