"""Data Docs: what the gate checked and found, as HTML pages that load nothing.

Belongs here: the page of a stage and the index over the stages. Does not belong here: what is expected or found. Great
Expectations' own Data Docs are not used: they put values into the page unescaped, and a filing is untrusted input; and they
load scripts, styles and a tracking picture from seven hosts, so that they show nothing where there is no network.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.results import Failure, GateResult, SuiteResult
from expectations.suite import Expectation, Suite

if TYPE_CHECKING:
    from jinja2 import Template

STAGES = ("staging", "marts")

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; }
  table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; font-size: 14px; }
  th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #d8dee4; }
  td.rows { overflow-wrap: anywhere; }
  .met { color: #1a7f37; } .failed { color: #b42318; font-weight: 600; } .warning { color: #9a6700; font-weight: 600; }
  code { font-size: 13px; } h2 { margin-top: 2rem; } .quiet { color: #57606a; }
  .wide { overflow-x: auto; }
</style>
</head>
<body>
"""

_STAGE = (
    _HEAD
    + """<p><a href="index.html">All stages</a></p>
<h1>{{ title }}</h1>
<p class="{{ 'met' if gate.success else 'failed' }}">{{ 'The gate is open.' if gate.success else 'The gate is shut.' }}</p>
<p>{{ gate.suites | length }} suites, {{ gate.suites | sum(attribute='expectations') }} expectations,
{{ gate.failures | length }} failed, {{ gate.warnings | length }} warnings.</p>
<table>
<tr><th>Suite</th><th>Table</th><th>Rows checked</th><th>Outcome</th></tr>
{% for suite, result, _ in shown %}<tr><td><a href="#{{ suite.name }}">{{ suite.name }}</a></td>
<td><code>{{ suite.table }}</code></td><td>{{ "{:,}".format(result.rows_checked) }}</td>
<td class="{{ outcome_of(result) if result.rows_checked else 'quiet' }}">{{ outcome_of(result) }}</td></tr>
{% endfor %}</table>
{% for suite, result, expectations in shown %}<h2 id="{{ suite.name }}">{{ suite.name }}</h2>
<p>{{ suite.description }} <span class="quiet"><code>{{ suite.table }}</code>,
{{ "{:,}".format(result.rows_checked) }} rows checked.</span></p>
<table>
<tr><th>Expectation</th><th>Severity</th><th>Outcome</th></tr>
{% for expectation, failure in expectations %}<tr><td>{{ expectation.meaning }} <code>{{ expectation.name }}</code></td>
<td>{{ expectation.severity }}</td>
{% if failure %}<td class="{{ 'failed' if failure.severity == 'critical' else 'warning' }}">
{{ failure.unexpected_count }} not so</td>
{% else %}<td class="met">met</td>{% endif %}</tr>
{% endfor %}</table>
{% for expectation, failure in expectations if failure %}<h3>{{ expectation.name }}</h3>
<p>{{ failure.message }}</p>
{% if failure.rows %}<div class="wide"><table>
<tr>{% for name in failure.rows[0] %}<th>{{ name }}</th>{% endfor %}</tr>
{% for row in failure.rows %}<tr>{% for value in row.values() %}<td class="rows">{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table></div>{% endif %}
{% endfor %}{% endfor %}</body>
</html>
"""
)

_INDEX = (
    _HEAD
    + """<h1>{{ title }}</h1>
<ul>
{% for stage in stages %}<li><a href="{{ stage }}.html">{{ stage }}</a></li>
{% endfor %}</ul>
</body>
</html>
"""
)


def write(folder: Path, gate: GateResult, suites: Mapping[str, Suite]) -> Path:
    """Write the page of a gate's stage and the index beside it; returns the page. Raises OSError where it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{gate.stage}.html"
    page.write_text(stage_page(gate, suites), encoding="utf-8")
    there = [stage for stage in STAGES if (folder / f"{stage}.html").is_file()]
    index = _template(_INDEX).render(title="tieout: data docs", stages=there)
    (folder / "index.html").write_text(index, encoding="utf-8")
    return page


def stage_page(gate: GateResult, suites: Mapping[str, Suite]) -> str:
    """The page of a stage: every suite, every expectation, and the rows that broke one."""
    shown = [(suites[result.name], result, _outcomes(suites[result.name], result)) for result in gate.suites]
    return _template(_STAGE).render(title=f"tieout: {gate.stage}", gate=gate, shown=shown, outcome_of=_outcome)


def _outcomes(suite: Suite, result: SuiteResult) -> list[tuple[Expectation, Failure | None]]:
    failed = {failure.expectation: failure for failure in (*result.failures, *result.warnings)}
    return [(expectation, failed.get(expectation.name)) for expectation in suite.all_expectations]


def _outcome(result: SuiteResult) -> str:
    if result.failures:
        return "failed"
    if not result.rows_checked:
        return "nothing to check"
    return "warning" if result.warnings else "met"


@cache
def _template(text: str) -> Template:
    import jinja2  # noqa: PLC0415

    environment: Any = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template: Template = environment.from_string(text)
    return template
