import { useState } from 'react';
import { Button, IconButton } from '../kit/button.tsx';
import { Card, PageHead } from '../kit/card.tsx';
import { Chips, FilterChips } from '../kit/chips.tsx';
import { Combobox, type Option } from '../kit/combobox.tsx';
import { CopyLink, SaveView } from '../kit/copy-link.tsx';
import { DateInput } from '../kit/date-input.tsx';
import { Dialog, Drawer } from '../kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '../kit/draft-mark.tsx';
import { Checkbox, RadioGroup, Select, TextArea, TextInput } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Menu } from '../kit/menu.tsx';
import { EmptyState, ErrorSummary, Notice, Skeleton } from '../kit/notice.tsx';
import { Segmented, Tabs } from '../kit/tabs.tsx';
import { toast } from '../kit/toast.tsx';
import { useDraft } from '../offline/draft.ts';

const units: readonly Option[] = ['Thành phố Hà Nội', 'Tỉnh Cao Bằng', 'Tỉnh Tuyên Quang', 'Thành phố Huế'].map((label, index) => ({ value: String(index), label, hint: `mã 0${index + 1}` }));
const find = async (typed: string): Promise<readonly Option[]> => units.filter((unit) => unit.label.toLowerCase().includes(typed.toLowerCase()));

export function FormsPart() {
  const draft = useDraft('gallery', { text: '', kind: 'ket-luan' });
  const [unit, setUnit] = useState<Option>();
  const [chosen, setChosen] = useState<readonly Option[]>(units.slice(0, 2));
  const [due, setDue] = useState<string | undefined>('2025-12-31');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [open, setOpen] = useState<'dialog' | 'drawer'>();
  const [tab, setTab] = useState('a');
  const [checked, setChecked] = useState(true);
  return (
    <>
      <PageHead crumbs={[{ label: 'Chỉ đạo, nhiệm vụ', to: '/chi-dao' }, { label: 'Mới' }]} title="Bộ thành phần giao diện" say="Mọi số liệu và tên là giả định"
        tools={<><CopyLink /><SaveView onSave={() => undefined} /><Menu label="Xuất" button="Xuất" items={[{ key: 'x', label: 'Excel', icon: 'download', run: () => undefined }, { key: 'p', label: 'PDF', icon: 'print', run: () => undefined }]} /><Button look="primary" icon="bell" onClick={() => toast('Đã nhắc 9 tỉnh', { undo: () => toast('Đã hoàn tác') })}>Nhắc việc chậm (9)</Button></>} />
      <ErrorSummary errors={[{ field: 'g-name', text: 'Hãy nhập tên nhiệm vụ' }]} />
      <RestoredNotice draft={draft} />
      <div className="grid2">
        <Card title="Biểu mẫu" say="Nhãn, gợi ý, lỗi cùng một lời" footer={<SavedMark draft={draft} />}>
          <TextInput id="g-name" label="Tên nhiệm vụ" hint="Bắt đầu bằng động từ" error="Hãy nhập tên nhiệm vụ" value="" onText={() => undefined} />
          <TextArea label="Nội dung" optional value={draft.value.text} onText={(text) => draft.set((before) => ({ ...before, text }))} />
          <Select label="Loại văn bản" value={draft.value.kind} choices={[{ value: 'ket-luan', label: 'Kết luận' }, { value: 'chi-thi', label: 'Chỉ thị' }]} onChoose={(kind) => draft.set((before) => ({ ...before, kind }))} />
          <Combobox label="Đơn vị" value={unit} onPick={setUnit} load={find} hint="Gõ tên, không cần dấu" />
          <Combobox label="Thêm đơn vị" value={undefined} clearOnPick onPick={(option) => option && setChosen([...chosen, option])} load={find} />
          <Chips items={chosen} onRemove={(value) => setChosen(chosen.filter((one) => one.value !== value))} />
          <DateInput label="Hạn" value={due} onDay={setDue} />
          <RadioGroup label="Cách giao" value="a" choices={[{ value: 'a', label: 'Tất cả các tỉnh', hint: '34 tỉnh, thành phố' }, { value: 'b', label: 'Chọn từng tỉnh' }]} onChoose={() => undefined} />
          <Checkbox label="Gửi thư nhắc" hint="Trước hạn ba ngày" checked={checked} onCheck={setChecked} />
          <FileDrop label="Tài liệu" hint=".docx, .pdf hoặc .txt" files={files} onFiles={setFiles} maxBytes={1000} />
          <div className="actions"><Button look="primary">Lưu</Button><Button>Hủy</Button><Button look="danger">Thu hồi</Button><Button busy>Đang gửi</Button><Button disabled>Chưa đủ sáu rõ</Button><IconButton label="Sửa" icon="edit" /></div>
        </Card>
        <div className="stack">
          <Card title="Báo cho biết">
            <div className="stack-s"><Notice><p>Thông tin để biết.</p></Notice><Notice tone="ok"><p>Đã nghiệm thu.</p></Notice><Notice tone="warn"><p>Hạn còn 3 ngày.</p></Notice><Notice tone="bad"><p>Văn bản mật không được đưa vào hệ thống.</p></Notice></div>
            <EmptyState title="Hết việc" action={<Button look="primary">Dán văn bản để tạo nhiệm vụ</Button>}>Việc tới: Kiện toàn Ban Chỉ đạo, hạn 31/10/2025.</EmptyState>
            <Skeleton lines={3} />
          </Card>
          <Card title="Chọn cách xem">
            <Segmented label="Cách xem" value="mx" choices={[{ value: 'mx', label: 'Ma trận' }, { value: 'ds', label: 'Danh sách' }, { value: 'lich', label: 'Lịch' }]} onChoose={() => undefined} />
            <FilterChips label="Lọc" value="all" choices={[{ value: 'all', label: 'Tất cả', count: 48 }, { value: 'late', label: 'Quá hạn', count: 4 }]} onChoose={() => undefined} />
            <Tabs label="Phần" value={tab} onChoose={setTab} tabs={[{ value: 'a', label: 'Tiến độ' }, { value: 'b', label: 'Minh chứng' }]}><p>Phần {tab}</p></Tabs>
            <div className="actions"><Button onClick={() => setOpen('dialog')}>Mở hộp thoại</Button><Button onClick={() => setOpen('drawer')}>Mở ngăn bên</Button></div>
          </Card>
        </div>
      </div>
      <Dialog open={open === 'dialog'} title="Trả lại báo cáo" onClose={() => setOpen(undefined)} footer={<><Button onClick={() => setOpen(undefined)}>Hủy</Button><Button look="primary">Trả lại</Button></>}><TextArea label="Lý do" value="" onText={() => undefined} /></Dialog>
      <Drawer open={open === 'drawer'} title="Nhật ký" onClose={() => setOpen(undefined)}><p>Nội dung ở ngăn bên.</p></Drawer>
    </>
  );
}
