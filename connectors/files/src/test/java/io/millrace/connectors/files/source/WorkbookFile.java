package io.millrace.connectors.files.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes Excel workbooks from the XML of their cells, as Excel itself would. */
final class WorkbookFile {
  /** Styles of cells: 1 is a date, 2 a date with time, 3 a time, 4 a duration, 5 money. */
  private static final String STYLES =
      """
      <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="3">
          <numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/>
          <numFmt numFmtId="165" formatCode="[h]:mm:ss"/>
          <numFmt numFmtId="166" formatCode="#,##0.00 &quot;days&quot;;[Red]-#,##0.00"/>
        </numFmts>
        <fonts count="1"><font/></fonts><fills count="1"><fill/></fills>
        <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>
          <xf numFmtId="21"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>
      </styleSheet>
      """;

  private final StringBuilder sheetList = new StringBuilder();
  private final StringBuilder relations = new StringBuilder();
  private final StringBuilder types = new StringBuilder();
  private final ZipOutputStream zip;
  private int sheets;

  private WorkbookFile(ZipOutputStream zip) {
    this.zip = zip;
  }

  /** Adds sheets. */
  interface Content {
    void to(WorkbookFile workbook) throws IOException;
  }

  static Path write(Path path, Content content) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      WorkbookFile workbook = new WorkbookFile(zip);
      content.to(workbook);
      workbook.finish();
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a sheet of rows in XML: {@code <row r="1"><c r="A1"><v>1</v></c></row>}. */
  WorkbookFile sheet(String name, String rows) throws IOException {
    sheets++;
    entry(
        "xl/worksheets/sheet" + sheets + ".xml",
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
            + rows
            + "</sheetData></worksheet>");
    sheetList.append(
        "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>".formatted(name, sheets, sheets));
    relations.append(
        """
        <Relationship Id="rId%d" Target="worksheets/sheet%d.xml" \
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>"""
            .formatted(sheets, sheets));
    types.append(
        """
        <Override PartName="/xl/worksheets/sheet%d.xml" \
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""
            .formatted(sheets));
    return this;
  }

  /** Returns a cell with text of its own. */
  static String text(String address, String text) {
    return "<c r=\"%s\" t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>"
        .formatted(address, text);
  }

  /** Returns a cell with a number. */
  static String number(String address, int style, String number) {
    return "<c r=\"%s\" s=\"%d\"><v>%s</v></c>".formatted(address, style, number);
  }

  private void finish() throws IOException {
    entry("xl/styles.xml", STYLES);
    entry(
        "[Content_Types].xml",
        """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" \
        ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" \
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
        <Override PartName="/xl/styles.xml" \
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
        """
            + types
            + "</Types>");
    entry(
        "_rels/.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Target="xl/workbook.xml" \
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
        </Relationships>""");
    entry(
        "xl/workbook.xml",
        """
        <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>"""
            + sheetList
            + "</sheets></workbook>");
    entry(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + relations
            + """
            <Relationship Id="rStyles" Target="styles.xml" \
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/>
            </Relationships>""");
  }

  private void entry(String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
