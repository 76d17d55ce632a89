import { Card } from '../kit/card.tsx';
import { Bullet, ProgressBar, Sparkline, StackedBar } from '../kit/charts.tsx';
import { StatusBadge } from '../kit/status.tsx';
import { ScaleKey, TileMap, type MapTile } from '../kit/tile-map.tsx';

const cells = '0 12:LCh:0 15:LCa:1 08:TQu:2 04:CBa:3|1 11:ĐBi:0 14:SLa:1 25:PTh:2 19:TNg:3 20:LSo:4|2 01:HNo:2 24:BNi:3 22:QNi:4|3 48:ĐNa:3|4 56:KHo:4';
const tiles: readonly MapTile[] = [
  ...cells.split('|').flatMap((line) => {
    const [row = '0', ...parts] = line.split(' ');
    return parts.map((part, index): MapTile => {
      const [code = '', label = '', column = '0'] = part.split(':');
      const value = (Number(code) * 7) % 34;
      return { code, label, name: `Tỉnh mẫu ${label}`, row: Number(row), column: Number(column), value: index === 2 ? null : String(value), ...(index === 2 ? {} : { fill: ([1, 2, 3, 4, 5, 6] as const)[value % 6] ?? 1 }), ...(index === 1 ? { flag: 'có nhiệm vụ quá hạn' } : {}) };
    });
  }),
  { code: 'HS', label: 'Q.đ. Hoàng Sa', name: 'Quần đảo Hoàng Sa', row: 3, column: 4, span: 2, island: true },
  { code: 'TS', label: 'Q.đ. Trường Sa', name: 'Quần đảo Trường Sa', row: 5, column: 4, span: 2, island: true },
];

export const ChartsPart = () => (
  <>
    <div className="grid2">
      <Card title="34 tỉnh, thành phố" say="Nhiệm vụ hoàn thành đúng hạn (%)"><TileMap label="Bản đồ ô 34 tỉnh" tiles={tiles} chosen="01" onChoose={() => undefined}><ScaleKey bounds={['< 8', '8–13', '13–18', '18–23', '23–28', '≥ 28']} /></TileMap></Card>
      <Card title="NV-04 đi xuống tới đâu" tools={<StatusBadge kind="bad">Quá hạn 18 ngày</StatusBadge>}>
        <div className="tier"><div><b>34 tỉnh</b><span className="muted xs block">quyết định thành lập</span></div><div><StackedBar title="34 tỉnh" parts={[{ key: 'done', label: 'Đã xong', count: 27, fill: 'done' }, { key: 'ext', label: 'Xin gia hạn', count: 2, fill: 'warn' }, { key: 'late', label: 'Quá hạn', count: 5, fill: 'bad' }]} /><div className="dots"><a className="d-done" href="#a">LCh</a><a className="d-warn" href="#b">TQu</a><a className="d-bad" href="#c">ĐBi</a><a className="d-ok" href="#d">HNo</a></div></div><div className="small">27/34 tỉnh đã nhận</div></div>
        <StackedBar title="3.321 xã" parts={[{ key: 'done', label: 'Đã xong', count: 1904, fill: 'done' }, { key: 'ok', label: 'Đang làm', count: 688, fill: 'ok' }, { key: 'idle', label: 'Chưa bắt đầu', count: 517, fill: 'idle' }, { key: 'late', label: 'Quá hạn', count: 212, fill: 'bad' }]} />
        <p>Tiến độ chung</p><ProgressBar share={0.62} label="Tiến độ chung" />
        <p>Chỉ tiêu</p><Bullet name="Nhiệm vụ đúng hạn" value={87.5} expected={93} target={95} max={100} />
        <p>Mười hai tháng <Sparkline label="Tăng từ 2 lên 9" values={[2, 3, null, 5, 4, 6, 9]} target={7} /></p>
      </Card>
    </div>
  </>
);
