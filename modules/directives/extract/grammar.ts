import type { Mention } from './agencies.ts';
import { enClauses, enCoordinating, enObligation, enOpensWithVerb, type EnglishObligation } from './en.ts';
import { clausesOf, type Piece } from './sentences.ts';
import type { Language } from './types.ts';
import { opensWithVerb, viAwaitsVerb, viCoordinating, viObligation, type Clause, type Obligation } from './vi.ts';

/** What differs between the two languages; the reading of outline, context and merging is the same. */
export type Grammar = {
  readonly language: Language;
  obligation(clause: Clause): EnglishObligation | undefined;
  coordinating(clause: Clause, lead: readonly Mention[], obligation: Obligation | undefined): Mention[];
  opensWithVerb(fold: string, from: number): boolean;
  /** The clause names whom it asks, and not yet what. */
  awaitsVerb(clause: Clause): boolean;
  clauses(text: string, fold: string, mentions: readonly Mention[], piece: Piece): Piece[];
  /** Approvals, permissions, thanks: they oblige nobody. */
  readonly permits: RegExp;
  /** "xin thông báo để … biết", "chịu trách nhiệm thi hành". */
  readonly closes: RegExp;
  /** Words of a report on what has been done. */
  readonly reports: RegExp;
  /** How something is to be done, and nothing to do. */
  readonly mannerOnly: RegExp;
  /** A sentence that only adds a day, a report or a product to the task before it. */
  readonly follows: RegExp;
  /** "Cơ quan chủ trì: …", "Thời gian hoàn thành: …". */
  readonly label: RegExp;
  readonly leadLabel: RegExp;
  readonly coordinatingLabel: RegExp;
  /** Opens an adverbial part, after whose comma the command may stand. */
  readonly introduces: RegExp;
  readonly modal: RegExp;
  readonly passiveDone: RegExp;
  readonly purpose: RegExp;
  /** An order to nobody named: "yêu cầu tập trung …". */
  readonly ordersNobody: RegExp;
};

const vi: Grammar = {
  language: 'vi',
  obligation: viObligation,
  coordinating: viCoordinating,
  opensWithVerb,
  awaitsVerb: viAwaitsVerb,
  clauses: (text, _fold, _mentions, piece) => clausesOf(text, piece),
  permits: /^(?:[^,:]{0,80}:\s*)?(?:về [^,:]{0,120}[,:]\s*)?(?:cơ bản |hoàn toàn )?(?:đồng ý|nhất trí|thống nhất (?:với|chủ trương|về|đề xuất|như|nội dung|chủ trương)|chấp thuận|cho phép|khuyến khích|hoan nghênh|ghi nhận|đánh giá cao|cảm ơn|chúc mừng|đồng tình|biểu dương (?:các|những|tinh thần|sự|nỗ lực|kết quả|bộ|ubnd|công an)|phê bình (?:các|bộ))(?!\p{L})/u,
  closes: /^(?:nhận được [^,]{0,40} này, )?(?:yêu cầu|đề nghị) [^;]{0,200} (?:nghiêm túc|khẩn trương|tích cực|phối hợp)? ?(?:tổ chức |triển khai )*thực hiện(?: nghiêm túc)?\s*(?:\.|\/|$)|^(?:căn cứ|xét|theo) (?:đề nghị|tờ trình|luật|nghị định|nghị quyết|bộ luật|pháp lệnh|quyết định|thông tư)(?!\p{L})[^.;]{0,400}[;.]?$|xin thông báo|thông báo (?:để|đến|tới)[\s\S]{0,400}biết|^thông báo này|chịu trách nhiệm thi hành|có hiệu lực (?:thi hành )?(?:kể )?từ ngày|^(?:trên đây|nơi nhận|như trên|lưu:|kính gửi)|này (?:được|có hiệu lực|thay thế)|(?:nghiêm túc|khẩn trương)?\s*(?:tổ chức |triển khai )*(?<!(?:theo dõi|đôn đốc|báo cáo|kiểm tra|tổng hợp|hướng dẫn|giám sát|kết quả|việc|các bộ|địa phương)[^.;]{0,120})thực hiện (?:nghiêm |nghiêm túc |tốt )?(?:nội dung |các nội dung )?(?:chỉ thị|thông báo|công điện|kế hoạch|kết luận)(?: số \S+)? này\s*(?:\.|\/|$)/u,
  reports: /^(?:trong |tính |từ |qua |theo |sau |đến )?(?:thời gian qua|vừa qua|những (?:ngày|tuần|tháng|năm)(?: gần đây| vừa)? qua|những ngày gần đây|thời gian gần đây|đầu năm|\d+ (?:tháng|năm)[^,]{0,30},|\d+ năm qua|đến nay|hiện nay|hiện tại|hiện(?=,| \p{L}+ (?:đang|có|còn|mới|đã|quản lý))|hiện (?:cơ sở|toàn|trên địa bàn|cả|tỉnh|xã|phường|có|còn|đang|mới)|nhìn chung|kết quả|báo cáo|khi nghe|các năm|năm \d{4},)|so với cùng kỳ|kết quả cho thấy|trong thời gian qua|thời gian vừa qua|đã (?:đạt|có|thể hiện|phát hiện|xử lý|chủ trì|quan tâm|nỗ lực|tích cực|cố gắng)(?!\p{L})/u,
  mannerOnly: /(?:phải|cần)(?: được)? (?:thực hiện|tiến hành|triển khai|coi|xem)[^,;]{0,40}(?:theo tinh thần|theo nguyên tắc|một cách|là nhiệm vụ|đồng bộ|thường xuyên|nghiêm túc)/u,
  follows: /^(?:hoàn thành|thời gian|thời hạn|báo cáo(?: bằng văn bản| kết quả| kết quả thực hiện| tình hình)?|kết quả(?: thực hiện)?,? (?:báo cáo|gửi)|tổng hợp,? (?:kết quả,? )?báo cáo|gửi (?:báo cáo|kết quả|kế hoạch|danh sách)|xong trước|việc này|công việc này|nội dung này|sản phẩm|(?:định kỳ|hằng (?:tháng|quý|năm|tuần|ngày)|hàng (?:tháng|quý|năm|tuần|ngày))(?=[^.;]{0,60}(?:báo cáo|gửi|tổng hợp|thông tin về|trình))|trước ngày|trong (?:tháng|quý|năm|ngày)|chậm nhất|(?:báo cáo|kế hoạch|danh sách|kết quả)[^.;]{0,50}(?:gửi|trình|báo cáo)(?: về)?)(?!\p{L})/u,
  label: /^(?:-\s*|\+\s*|\()?(?:cơ quan|đơn vị|tổ chức|bộ phận)?\s*(?:chủ trì|phối hợp|thời gian(?: thực hiện| hoàn thành| thực hiện, hoàn thành)?|thời hạn(?: hoàn thành)?|sản phẩm(?: đầu ra)?|kết quả(?: đầu ra)?|tiến độ|hoàn thành)(?: thực hiện)?\s*:\s*/u,
  leadLabel: /(?:cơ quan|đơn vị|bộ phận|tổ chức)?\s*(?:chủ trì|thực hiện)(?: thực hiện)?\s*:\s*/u,
  coordinatingLabel: /phối hợp(?: thực hiện)?\s*:\s*/u,
  introduces: /^(?:để|nhằm|trên cơ sở|căn cứ|trong|đối với|về|khi|nếu|cùng với|bên cạnh|sau khi|từ|trước|đến|tại|hằng|hàng|định kỳ|theo|qua|thông qua|vì vậy|do đó|đồng thời|riêng|ngoài ra|với|vì|trường hợp|quá trình|trước mắt|song song|cuối|đầu|giữa|tháng|quý|ngay sau|chậm nhất|thời gian tới|năm|nhân dịp|tiếp theo|do vậy|bên cạnh đó)(?!\p{L})/u,
  modal: /(?<!\p{L})(?:phải|cần)(?!\p{L})/u,
  passiveDone: /(?:phải|cần)(?: được)? (?:hoàn thành|ban hành|thành lập|trình|báo cáo|gửi|xong|phê duyệt|đưa vào|bàn giao|khởi công|công bố|lập|nộp)/u,
  purpose: /^(?:để|nhằm)(?!\p{L})/u,
  ordersNobody: /(?<!\p{L})(?:yêu cầu|đề nghị)(?!\p{L})\s*:?\s*/u,
};

const en: Grammar = {
  language: 'en',
  obligation: enObligation,
  coordinating: (clause, lead) => enCoordinating(clause, lead),
  opensWithVerb: enOpensWithVerb,
  awaitsVerb: () => false,
  clauses: enClauses,
  permits: /(?<!\p{L})(?:agreed (?:to|with|in principle)|approved the|encouraged|are encouraged|is encouraged|praised|commended|welcomed|thanked|congratulated|acknowledged|(?<!(?:if|when|where|unless|once|that)(?!\p{L})[^,;]{0,80})(?:is allowed|are allowed|is permitted|are permitted))(?!\p{L})/u,
  closes: /this (?:notice|directive|dispatch|plan|conclusion) (?:takes|shall take|enters|is|replaces)|for (?:your )?information and implementation|responsible for implementing this|recipients:/u,
  reports: /approved under|(?:has|have|had) (?:been |already |also )?(?:\p{L}+ed|built|set up|seen|made)(?!\p{L})[^.;]{0,60}(?:since|over the past|so far|in recent)|(?:was|were) (?:adopted|approved|completed|issued)|earlier this|last (?:year|month|week)|in recent years/u,
  mannerOnly: /(?:must|should|shall) be (?:carried out|considered|regarded|conducted|done|seen|understood|implemented|viewed|performed|treated)(?!\p{L})/u,
  follows: /^(?:the (?:report|result|results|plan|list|work|task|draft)s?|it|this|this (?:work|task)|these|reports?|results?|deadline|completion|to be completed|completed) (?:must|should|shall|is to|are to|will|has to|have to|be|by|before|no later|due|:)/u,
  label: /^(?:-\s*|\()?(?:lead(?:ing)? (?:agency|unit)|coordinating (?:agency|agencies|unit|units)|responsible (?:agency|unit)|deadline|time(?:line|frame)?|due(?: date)?|completion(?: date)?|product|output|deliverable)\s*:\s*/u,
  leadLabel: /(?:lead(?:ing)?|responsible) (?:agency|unit)\s*:\s*/u,
  coordinatingLabel: /coordinating (?:agency|agencies|unit|units)\s*:\s*/u,
  introduces: /^(?:to|in|on|for|by|before|after|with|regarding|based on|under|during|when|if|where|from|within|immediately|at|as|through|accordingly|therefore|alongside|besides|in addition|every|each|annually|quarterly|monthly|periodically)(?!\p{L})/u,
  modal: /(?<!\p{L})(?:must|should|shall|need to|needs to|have to|has to)(?!\p{L})/u,
  passiveDone: /(?:must|should|shall|need to|needs to|have to|has to|is to|are to) (?:\p{L}+ly )?be (?:\p{L}+ly )?(?:established|completed|submitted|issued|finali[sz]ed|set up|reported|disseminated|prepared|developed|approved|allocated|promulgated|built|created|published|launched|sent|adopted|drafted|amended|addressed|eliminated|identified|reviewed)/u,
  purpose: /^(?:in order to|to)(?!\p{L})/u,
  ordersNobody: /^$/u,
};

export const grammars: Readonly<Record<Language, Grammar>> = { vi, en };
