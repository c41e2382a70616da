"""The word DRAFT across every page of a paper that has not been issued."""

from __future__ import annotations

import re

HEADER_TYPES = ("default", "first", "even")
DRAFT_HEADER = "word/header_draft.xml"
W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Word's own watermark is this shape: light grey words on a path, behind the text, in the header.
WATERMARK = (
    '<w:r><w:rPr><w:noProof/></w:rPr><w:pict xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt=""'
    ' style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:133pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#ededed"'
    ' stroked="f"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="DRAFT"/>'
    '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
)
THIN = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>{}</w:p>'


def mark_as_draft(parts: dict[str, str | bytes]) -> None:
    """Puts the watermark into every header, and gives headers to pages that have none."""
    _give_headers(parts)
    for number, name in enumerate(name for name in parts if re.fullmatch(r"word/header\w*\.xml", name)):
        parts[name] = _marked(_text(parts[name]), WATERMARK.format(number=number + 1, spid=2049 + number))


def _marked(header: str, watermark: str) -> str:
    opening, closing, rest = header.partition("</w:p>")
    if closing and "{%" not in opening:
        return f"{opening}{watermark}</w:p>{rest}"
    return re.sub(r"(<w:hdr\b[^>]*>)", lambda start: start[0] + THIN.format(watermark), header, count=1)


def _give_headers(parts: dict[str, str | bytes]) -> None:
    document = _text(parts["word/document.xml"])
    section = re.search(r"<w:sectPr\b[^>]*?(/>|>.*?</w:sectPr>)", document, re.S)
    held = section[0] if section else ""
    missing = [kind for kind in HEADER_TYPES if not re.search(rf'<w:headerReference\b[^>]*w:type="{kind}"', held)]
    if not missing or "word/_rels/document.xml.rels" not in parts:
        return
    references = "".join(
        f'<w:headerReference xmlns:r="{R_NS}" w:type="{kind}" r:id="rIdDraftHeader"/>' for kind in missing
    )
    if section is None:
        document = document.replace("</w:body>", f"<w:sectPr>{references}</w:sectPr></w:body>")
    elif held.endswith("/>") and "</w:sectPr>" not in held:
        document = document.replace(held, f"{held[:-2]}>{references}</w:sectPr>", 1)
    else:
        document = document.replace(held, re.sub(r"^<w:sectPr\b[^>]*>", lambda start: start[0] + references, held), 1)
    parts["word/document.xml"] = document
    parts[DRAFT_HEADER] = f'<w:hdr xmlns:w="{W_NS}"><w:p></w:p></w:hdr>'.encode()
    relation = f'<Relationship Id="rIdDraftHeader" Type="{R_NS}/header" Target="header_draft.xml"/>'
    relations = _text(parts["word/_rels/document.xml.rels"])
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", f"{relation}</Relationships>")
    types = _text(parts["[Content_Types].xml"])
    override = (
        f'<Override PartName="/{DRAFT_HEADER}" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>")


def _text(part: str | bytes) -> str:
    return part if isinstance(part, str) else part.decode("utf-8")
