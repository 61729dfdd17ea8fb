"""Made-up statements, and the ways in which filing agents and wires set one out.

Belongs here: what a statement says (`Sheet`), and one function a layout that prints it. Does not belong here: any
assertion, or what the reader is expected to make of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Sheet:
    """A statement as printed: title lines, header rows of (words, columns spanned), rows of (label, figures)."""

    titles: tuple[str, ...]
    heads: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def width(self) -> int:
        """How many columns of figures it has."""
        return max((len(figures) for _, figures in self.rows), default=0)


def _parts(figure: str) -> tuple[str, str, str]:
    """A figure as currency sign, body and closer."""
    sign = "$" if figure.startswith("$") else ""
    body = figure.removeprefix("$").strip()
    closer = ")" if body.endswith(")") else ""
    return sign, body.removesuffix(")"), closer


def html_three_cells(sheet: Sheet) -> str:
    """Spacer, currency sign, figure and closing parenthesis each in a cell of its own; `&#151;` for nil."""
    lines = [f'<p style="text-align:center"><b>{escape(title)}</b></p>' for title in sheet.titles]
    lines.append('<TABLE CELLSPACING="0" CELLPADDING="0" BORDER="0" WIDTH="100%">')
    for head in sheet.heads:
        cells = "".join(
            f'<TD><FONT SIZE="1">&nbsp;</FONT></TD><TH COLSPAN="{span * 4 - 2}" ALIGN="CENTER"><FONT SIZE="1"><B>'
            f"{escape(words)}</B></FONT><HR NOSHADE></TH><TD>&nbsp;</TD>"
            for words, span in head
        )
        lines.append(f'<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">&nbsp;</FONT></TD>{cells}</TR>')
    for label, figures in sheet.rows:
        cells = ""
        for figure in figures:
            sign, body, closer = _parts(figure)
            body = body.replace("—", "&#151;") or "&nbsp;"
            cells += (
                f'<TD><FONT SIZE="2">&nbsp;</FONT></TD><TD><FONT SIZE="2">{sign or "&nbsp;"}</FONT></TD>'
                f'<TD ALIGN="RIGHT"><FONT SIZE="2">{body}</FONT></TD><TD NOWRAP><FONT SIZE="2">{closer or "&nbsp;"}</FONT></TD>'
            )
        lines.append(
            f'<TR BGCOLOR="#CCEEFF" VALIGN="TOP"><TD><P STYLE="margin-left:1em;text-indent:-1em"><FONT SIZE="2">{escape(label)}'
            f"</FONT></P></TD>{cells}</TR>"
        )
    return "<html><body>\n" + "\n".join(lines) + "\n</TABLE>\n</body></html>\n"


def html_title_inside(sheet: Sheet) -> str:
    """The titles as rows of the table itself, figures in one cell, spacer columns between."""
    wide = sheet.width * 2 + 1
    lines = ["<html><body><div><table>"]
    lines += [f'<tr><td colspan="{wide}" align="center"><b>{escape(title)}</b></td></tr>' for title in sheet.titles]
    for head in sheet.heads:
        cells = "".join(
            f'<td></td><td colspan="{span * 2 - 1}" style="border-bottom:1px solid #000">{escape(words)}</td>'
            for words, span in head
        )
        lines.append(f"<tr><td></td>{cells}</tr>")
    for label, figures in sheet.rows:
        cells = "".join(f'<td>&#160;</td><td align="right">{escape(figure)}</td>' for figure in figures)
        lines.append(f"<tr><td>{escape(label)}</td>{cells}</tr>")
    return "\n".join(lines) + "\n</table></div></body></html>"


def html_workiva(sheet: Sheet) -> str:
    """Every stretch in a styled span, three grid columns a figure, the sign within the figure's own row cell."""
    span = "<span style=\"color:#000000;font-family:'Times New Roman',sans-serif;font-size:10pt;font-weight:400\">"
    lines = [f'<div style="text-align:center">{span}{escape(title)}</span></div>' for title in sheet.titles]
    lines.append(
        '<div><table style="border-collapse:collapse;display:inline-table;width:100%"><tr><td style="width:1%"></td></tr>'
    )
    for head in sheet.heads:
        cells = "".join(
            f'<td colspan="3" style="padding:0 1pt"></td><td colspan="{places * 6 - 3}" style="text-align:center">'
            f"{span}{escape(words)}</span></td>"
            for words, places in head
        )
        lines.append(f'<tr><td colspan="3"></td>{cells}</tr>')
    for label, figures in sheet.rows:
        cells = ""
        for figure in figures:
            sign, body, closer = _parts(figure)
            cells += '<td colspan="3" style="padding:0 1pt"></td>'
            if sign:
                cells += f'<td style="padding:2px 0 2px 1pt">{span}$</span></td><td>{span}{body}</span></td>'
            else:
                cells += f'<td colspan="2" style="text-align:right">{span}{body}</span></td>'
            cells += f"<td>{span}{closer}</span></td>" if closer else "<td></td>"
        lines.append(f'<tr><td colspan="3">{span}{escape(label)}</span></td>{cells}</tr>')
    return "<html><body>" + "".join(lines) + "</table></div></body></html>"


def html_broken_heads(sheet: Sheet) -> str:
    """Header cells with `<br>` in them, the label column spanned by rows, layout tables around."""
    lines = ["<html><body><table width=100%><tr><td><center>" + "<br>".join(map(escape, sheet.titles)) + "</center></td></tr>"]
    lines.append("<tr><td><table border=0>")
    for number, head in enumerate(sheet.heads):
        first = f"<td rowspan={len(sheet.heads)}>&nbsp;</td>" if number == 0 else ""
        cells = "".join(f"<td align=center colspan={span}><b>{'<br>'.join(words.split(' '))}</b></td>" for words, span in head)
        lines.append(f"<tr>{first}{cells}</tr>")
    for label, figures in sheet.rows:
        cells = "".join(f"<td align=right nowrap>{escape(figure)}</td>" for figure in figures)
        lines.append(f"<tr><td>{escape(label)}{cells}</tr>")
    return "\n".join(lines) + "</table></td></tr></table></body></html>"


_LABEL_CHARS = 46
_COLUMN_CHARS = 15


def _spaced_lines(sheet: Sheet, gap: str = " ") -> list[str]:
    lines = []
    for head in sheet.heads:
        line = " " * _LABEL_CHARS
        for words, span in head:
            line += (" " + words).rjust(_COLUMN_CHARS) if span == 1 else words.center(_COLUMN_CHARS * span)
        lines.append(line.rstrip())
    lines.append(" " * (_LABEL_CHARS + 4) + ("-" * (_COLUMN_CHARS - 4) + "    ") * sheet.width)
    for label, figures in sheet.rows:
        cells = ""
        for figure in figures:
            sign, body, closer = _parts(figure)
            cells += (f"{sign}{body}".rjust(_COLUMN_CHARS - 1) + (closer or " ")) if figure else " " * _COLUMN_CHARS
        lines.append((label.ljust(_LABEL_CHARS, gap) + cells).rstrip())
    return lines


def ascii_marked(sheet: Sheet) -> str:
    """`<TABLE><CAPTION><S><C>`, as EDGAR asked for before HTML."""
    titles = [title.center(90).rstrip() for title in sheet.titles]
    body = _spaced_lines(sheet)
    cut = len(sheet.heads) + 1
    marks = "<S>" + " " * (_LABEL_CHARS - 3) + ("<C>".ljust(_COLUMN_CHARS)) * sheet.width
    return "\n".join([*titles, "<TABLE>", "<CAPTION>", *body[:cut], marks.rstrip(), *body[cut:], "</TABLE>", ""])


def ascii_plain(sheet: Sheet) -> str:
    """Columns by spaces and nothing else."""
    return "\n".join([*(title.center(90).rstrip() for title in sheet.titles), "", *_spaced_lines(sheet), ""])


def ascii_leaders(sheet: Sheet) -> str:
    """Labels led to their figures by dots."""
    return "\n".join([*(title.center(90).rstrip() for title in sheet.titles), "", *_spaced_lines(sheet, "."), ""])


def tabbed(sheet: Sheet) -> str:
    """Cells parted by tabs, as OCR and word processors leave them."""
    lines = [" ".join(sheet.titles)]
    lines += ["\t" + "\t".join(words + "\t" * (span - 1) for words, span in head) for head in sheet.heads]
    lines += ["\t".join([label, *figures]) for label, figures in sheet.rows]
    return "\n".join(lines) + "\n"


def piped(sheet: Sheet) -> str:
    """A markdown table."""
    lines = [f"**{title}**\n" for title in sheet.titles]
    for number, head in enumerate(sheet.heads):
        lines.append("| | " + " | ".join(" | ".join([words] + [""] * (span - 1)) for words, span in head) + " |")
        if number == 0:
            lines.append("|" + " --- |" * (sheet.width + 1))
    lines += [f"| {label} | " + " | ".join(figures) + " |" for label, figures in sheet.rows]
    return "\n".join(lines) + "\n"


def one_cell_a_line(sheet: Sheet) -> str:
    """A wire copy with every cell on a line of its own."""
    lines: list[str] = []
    for title in sheet.titles:
        lines += [title, ""]
    for head in sheet.heads:
        lines += [part for words, _ in head for part in (words, "")]
    for label, figures in sheet.rows:
        lines += [label, ""]
        lines += [part for figure in figures if figure for part in (figure, "")]
    return "\n".join(lines) + "\n"


def run_together(sheet: Sheet) -> str:
    """A wire copy whose whole table is one line."""
    words = [*sheet.titles, *(words for head in sheet.heads for words, _ in head)]
    for label, figures in sheet.rows:
        words += [label, *(figure for figure in figures if figure)]
    return "   ".join(words) + "\n"


Layout = Callable[[Sheet], str]
KEEPING_COLUMNS: tuple[Layout, ...] = (
    html_three_cells,
    html_title_inside,
    html_workiva,
    html_broken_heads,
    ascii_marked,
    ascii_plain,
    ascii_leaders,
    tabbed,
    piped,
)
"""Layouts in which a blank cell can be told."""
LOSING_COLUMNS: tuple[Layout, ...] = (one_cell_a_line, run_together)
EVERY_LAYOUT = KEEPING_COLUMNS + LOSING_COLUMNS


def printed(sheets: Sequence[Sheet], layout: Layout) -> str:
    """Several statements one after the other in one layout."""
    return "\n\n".join(layout(sheet) for sheet in sheets)
