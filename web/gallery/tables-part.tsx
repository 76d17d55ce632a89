import { useMemo, useState } from 'react';
import { number } from '../i18n/format.ts';
import { Card, StatStrip } from '../kit/card.tsx';
import { Pagination } from '../kit/pagination.tsx';
import { SixDots, StatusBadge, type StatusKind } from '../kit/status.tsx';
import { Table, type Column } from '../kit/table.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { toast } from '../kit/toast.tsx';

type Row = { readonly code: string; readonly name: string; readonly done: number; readonly late: number; readonly kind: StatusKind; readonly word: string };
const words: readonly (readonly [StatusKind, string])[] = [['ok', 'Tốt'], ['fair', 'Khá'], ['warn', 'Đáng lo'], ['bad', 'Quá hạn'], ['done', 'Đã nghiệm thu'], ['half', 'Đang làm'], ['idle', 'Chưa bắt đầu']];
const rowOf = (n: number): Row => {
  const [kind, word] = words[n % words.length] ?? ['idle', ''];
  return { code: String(10000 + n), name: `Xã Mẫu ${n + 1}`, done: (n * 37) % 100, late: (n * 7) % 12, kind, word };
};
const columns: readonly Column<Row>[] = [
  { key: 'name', header: 'Xã, phường', cell: (row) => <a href="#xa">{row.name}</a>, compare: (a, b) => Number(a.code) - Number(b.code) },
  { key: 'done', header: 'Hoàn thành (%)', cell: (row) => number(row.done), numeric: true, compare: (a, b) => a.done - b.done },
  { key: 'late', header: 'Quá hạn', cell: (row) => row.late, numeric: true, compare: (a, b) => a.late - b.late },
  { key: 'state', header: 'Đánh giá', cell: (row) => <StatusBadge kind={row.kind} bare>{row.word}</StatusBadge> },
];

export function TablesPart() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [page, setPage] = useState(2);
  const few = useMemo(() => Array.from({ length: 7 }, (_, n) => rowOf(n)), []);
  const many = useMemo(() => Array.from({ length: 3321 }, (_, n) => rowOf(n)), []);
  return (
    <>
      <StatStrip stats={[
        { label: 'Nhiệm vụ', value: 11, note: 'giao cho 4 bộ và 34 tỉnh' }, { label: 'Đủ sáu rõ', value: <><SixDots states={['clear', 'clear', 'implicit', 'clear', 'clear', 'missing']} /> 63/66</>, note: 'còn 3 ô trống' },
        { label: 'Đúng tiến độ', value: 6, tone: 'ok', note: 'đã nghiệm thu 1' }, { label: 'Cần chú ý', value: 3, tone: 'warn', note: 'hạn trong 14 ngày' }, { label: 'Quá hạn', value: 2, tone: 'bad', note: 'NV-04 (18 ngày)' },
      ]} />
      <div className="cols">
        <Card title="Bảng ngắn" say="Sắp xếp, chọn nhiều, phím J K Enter"><Table caption="Bảy xã mẫu" columns={columns} rows={few} rowKey={(row) => row.code} rowName={(row) => row.name} onOpen={(row) => toast(row.name)} selection={{ chosen, onChoose: setChosen }} sort={{ key: 'late', down: true }} />
          <Pagination page={page} pages={9} total={63} onPage={setPage} /></Card>
        <Card title="Nhật ký NV-04" footer="Mọi thay đổi được ghi lại"><Timeline entries={[{ key: '1', at: '2025-11-18T00:00:00Z', what: <><b>Tự động nhắc</b> 5 tỉnh quá hạn</>, tone: 'bad' }, { key: '2', at: '2025-11-14T09:20:00Z', what: 'Xin gia hạn', who: 'Trần Thị B' }]} /></Card>
      </div>
      <Card title="Ma trận sáu rõ" flush>
        <div className="scroll" tabIndex={0} role="region" aria-label="Ma trận sáu rõ"><table className="mx"><caption className="vh">Ma trận sáu rõ</caption><thead><tr>{['Rõ việc', 'Rõ người', 'Rõ trách nhiệm', 'Rõ thẩm quyền', 'Rõ thời gian', 'Rõ kết quả', 'Tiến độ'].map((head) => <th key={head} scope="col">{head}<span>{head === 'Rõ việc' ? 'Làm gì' : ' '}</span></th>)}</tr></thead>
          <tbody><tr className="sel"><th scope="row"><span className="id">NV-05</span><a href="#nv">Trình cơ chế tín dụng</a></th><td data-l="Rõ người">Lê Văn C</td><td data-l="Rõ trách nhiệm">Bộ Công an</td><td data-l="Rõ thẩm quyền">Thủ tướng</td><td data-l="Rõ thời gian">30/11/2025</td><td className="gap" data-l="Rõ kết quả"><span><button type="button">+ Bổ sung</button></span></td><td data-l="Tiến độ"><StatusBadge kind="warn">Chờ ý kiến</StatusBadge></td></tr></tbody></table></div>
      </Card>
      {new URLSearchParams(window.location.search).has('long') && <Card title="3.321 dòng"><Table caption="Mọi xã mẫu" columns={columns} rows={many} rowKey={(row) => row.code} onOpen={(row) => toast(row.name)} /></Card>}
    </>
  );
}
