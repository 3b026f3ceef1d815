"""What MkDocs calls when it builds the site: pages that are made, and what no page needs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs.building.commands import command_page
from docs.building.pages import Reading, read_pages
from docs.building.python_api import api_pages
from docs.building.questions import question_page

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"(?<=\]\()(?:\.\./)+(?P<path>[\w./-]+)(?=[)#])")
_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=\S+(?: \*/)?")
_REMOTE = re.compile(rb"https://(?:unpkg\.com|fonts\.googleapis\.com|cdn\.jsdelivr\.net)/[\w@./+-]*")
"""Addresses that scripts of the theme hold, for what we do not use; nothing shall be asked of them."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the pages of the Python API into the navigation."""
    for section in config.nav or []:
        for entry in section.get("Reference", []):
            if entry == {"Python API": "reference/python/"}:
                overview, *modules = [f"reference/python/{name}" for name in api_pages()]
                entry["Python API"] = [{"Overview": overview}, *modules]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made from the program, and the files of the repository that pages link to."""
    pages = read_pages(ROOT / "docs")
    made = {
        "reference/commands.md": command_page(_used(pages)),
        "reference/questions.md": question_page(),
        "reference/changelog.md": (ROOT / "CHANGELOG.md").read_text("utf-8"),
        **{f"reference/python/{name}": text for name, text in api_pages().items()},
    }
    for path, text in made.items():
        files.append(File.generated(config, path, content=text))
    for path in sorted({path for page in pages for path in _outside(page.text, page.path)}):
        files.append(File.generated(config, f"files/{path}", abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lets links that lead out of `docs`, as they do in the repository, lead to copies."""
    here = Path(page.file.src_uri)
    if page.file.generated_by:
        return markdown
    return _LINK.sub(lambda link: _inside(link, here), markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Names the dialog of the search, which the theme leaves without a name."""
    dialog = 'data-md-component="search" role="dialog"'
    return output.replace(dialog, f'{dialog} aria-label="Search"')


def on_post_build(config: MkDocsConfig) -> None:
    """Takes out what the theme brings for other languages and for its own development."""
    assets = Path(config.site_dir) / "assets"
    for path in sorted(assets.rglob("*")):
        if path.suffix == ".map" or (path.parent.name == "min" and "lunr" in path.parts):
            path.unlink()
        elif path.suffix in {".js", ".css"}:
            path.write_bytes(_REMOTE.sub(b"", _MAP.sub(b"", path.read_bytes())))
    # The map of a site whose address nobody knows names no page.
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (Path(config.site_dir) / name).unlink(missing_ok=True)


def _used(pages: list[Reading]) -> dict[str, list[tuple[str, str]]]:
    """The pages that show a command at work, by its name, with their addresses from `reference`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        for name in page.commands:
            found.setdefault(name, []).append((page.title, f"../{page.path}"))
    return found


def _outside(text: str, page: Path) -> list[str]:
    """The files of the repository outside `docs` that a page links to."""
    targets = [os.path.normpath(Path("docs") / page.parent / link[0]) for link in _LINK.finditer(text)]
    return [path for path in targets if not path.startswith(("docs/", "..")) and (ROOT / path).is_file()]


def _inside(link: re.Match[str], page: Path) -> str:
    target = os.path.normpath(Path("docs") / page.parent / link[0])
    if target.startswith(("docs/", "..")):
        return link[0]
    return os.path.relpath(f"files/{target}", page.parent)
