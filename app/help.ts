type Entry = { readonly usage: string; readonly vi: string; readonly en: string; readonly options?: readonly (readonly [string, string, string])[] };

const json: readonly [string, string, string] = ['--json', 'in kết quả dạng JSON cho chương trình khác đọc', 'print JSON for another program to read'];
const asOf: readonly [string, string, string] = ['--as-of YYYY-MM-DD', 'theo bản đồ đơn vị của ngày này (mặc định: hôm nay)', 'on the map of this day (default: today)'];

const entries: Readonly<Record<string, Entry>> = {
  serve: { usage: 'sauro serve', vi: 'chạy sản phẩm: cơ sở dữ liệu, máy chủ, công việc nền', en: 'run the product: database, server, background work', options: [
    ['PORT=8080', 'cổng', 'port'],
    ['SAURO_DATA=.data', 'thư mục dữ liệu', 'data directory'],
    ['SAURO_MODE=production', 'không nạp dữ liệu trình diễn; in liên kết một lần cho quản trị viên đầu tiên', 'no demonstration data; prints a one-time link for the first administrator'],
    ['SAURO_PROGRAMME=FOLDER', 'nạp thư mục định nghĩa này ở lần chạy đầu thay cho bộ có sẵn', 'load this folder of definitions at the first start instead of the one delivered'],
    ['DATABASE_URL=postgres://…', 'dùng máy chủ PostgreSQL có sẵn', 'use a PostgreSQL server of yours'],
  ] },
  migrate: { usage: 'sauro migrate', vi: 'đưa cơ sở dữ liệu lên phiên bản mới nhất', en: 'bring the database up to date' },
  'directives extract': { usage: 'sauro directives extract FILE [--json]', vi: 'đọc một văn bản và in các nhiệm vụ sáu rõ; không cần mạng hay cơ sở dữ liệu', en: 'read a document and print its six-clear assignments; needs no network and no database', options: [json] },
  'programme check': { usage: 'sauro programme check FOLDER [--json]', vi: 'kiểm tra thư mục định nghĩa (biểu, chỉ tiêu, quy tắc, mục tiêu); không cần cơ sở dữ liệu', en: 'check a folder of definitions (forms, indicators, rules, targets); needs no database', options: [json] },
  'programme diff': { usage: 'sauro programme diff FOLDER [--partial] [--json]', vi: 'nạp thử: nói sẽ đổi gì, không ghi', en: 'a dry run: tells what would change and writes nothing', options: [json] },
  'programme load': { usage: 'sauro programme load FOLDER --note TEXT [--partial] [--json]', vi: 'nạp định nghĩa thành một ấn bản mới', en: 'load definitions as a new edition', options: [json] },
  'units list': { usage: 'sauro units list [--province CODE] [--as-of DAY] [--json]', vi: 'liệt kê đơn vị hành chính', en: 'list administrative units', options: [asOf, json] },
  'units search': { usage: 'sauro units search WORDS [--as-of DAY] [--json]', vi: 'tìm đơn vị theo tên hiện tại hoặc tên cũ, có dấu hay không dấu', en: 'find units by present or former name, with or without accents', options: [asOf, json] },
  'units import-boundaries': { usage: 'sauro units import-boundaries FILE [--json]', vi: 'nạp ranh giới từ GeoJSON hoặc TopoJSON', en: 'import boundaries from GeoJSON or TopoJSON', options: [json] },
  'import dhis2': { usage: 'sauro import dhis2 --units FILE --metadata FILE --values FILE… [--dry-run] [--report FILE] [--json]', vi: 'nhập cây đơn vị, nhóm, định nghĩa và số liệu từ DHIS2; chạy lại không đổi gì, bị ngắt thì chạy tiếp', en: 'import units, groups, definitions and values from DHIS2; a repeat changes nothing, a broken run goes on', options: [
    ['--units FILE', 'organisationUnits, JSON hoặc CSV; lặp lại được', 'organisationUnits as JSON or CSV; may repeat'],
    ['--metadata FILE', 'gói mô tả JSON; lặp lại được', 'metadata bundle as JSON; may repeat'],
    ['--values FILE', 'dataValueSets JSON hoặc CSV; lặp lại được', 'dataValueSets as JSON or CSV; may repeat'],
    ['--dry-run', 'chỉ nói điều sẽ đổi', 'only say what would change'],
    ['--report FILE', 'kết luận từng dòng, "none" để tắt', 'verdict of every row, "none" for none'],
    ['--strict', 'mã thoát 1 khi có dòng bị từ chối', 'exit code 1 when a row is refused'],
    json,
  ] },
  'values export': { usage: 'sauro values export --format csv|json|dhis2 [--period P] [--data-set ID] [--unit CODE] [--out FILE]', vi: 'xuất số liệu, mỗi giá trị một dòng', en: 'export values, one row a value' },
  'audit verify': { usage: 'sauro audit verify [EXPORT] [--checkpoint FILE] [--key KEY] [--log NN] [--json]', vi: 'kiểm chứng nhật ký từ tệp xuất (không cần máy chủ) và chỉ ra mục bị sửa đầu tiên', en: 'verify the log from an export (no server needed) and name the first altered entry', options: [
    ['--checkpoint FILE', 'mốc đã ký mà bạn cất giữ', 'a signed checkpoint you kept'],
    ['--key KEY', 'khóa công khai bạn biết; lặp lại được', 'a public key you know; may repeat'],
    ['--log NN', 'chỉ nhật ký này', 'this log only'],
    json,
  ] },
  'audit checkpoint': { usage: 'sauro audit checkpoint [--save FILE] [--json]', vi: 'in điểm kiểm đã ký mới nhất', en: 'print the latest signed checkpoint', options: [json] },
  'audit export': { usage: 'sauro audit export FILE [--log NN]', vi: 'ghi nhật ký ra tệp để kiểm chứng trên máy khác', en: 'write the log to a file, to verify it on another machine' },
  'demo load': { usage: 'sauro demo load', vi: 'nạp dữ liệu trình diễn (tổng hợp, có nhãn)', en: 'load the demonstration data (synthetic, labelled)' },
  'demo reset': { usage: 'sauro demo reset', vi: 'xóa dữ liệu trình diễn và nạp lại từ đầu', en: 'remove the demonstration data and load it afresh' },
};

const exits = [
  'Mã thoát / exit codes: 0 xong / done; 1 bị từ chối hoặc phát hiện sai / refused or something found; 2 dùng sai / wrong use; 3 không khởi động hoặc không đọc được / could not start or read.',
  '',
].join('\n');

/** Help in both languages: of one command (`units`, `units search`), or of all. */
export function helpText(command: string | undefined): string {
  const chosen = Object.entries(entries).filter(([name]) => command === undefined || name === command || name.startsWith(`${command} `) || command.startsWith(`${name} `));
  const shown = chosen.length > 0 ? chosen : Object.entries(entries);
  const lines = shown.flatMap(([, entry]) => [
    `  ${entry.usage}`,
    `      ${entry.vi}`,
    `      ${entry.en}`,
    ...(entry.options ?? []).map(([flag, vi, en]) => `        ${flag.padEnd(26)} ${vi} / ${en}`),
  ]);
  return `Sáu Rõ (sauro)\n\n${lines.join('\n')}\n\n${exits}`;
}
