/** Verbs of action a Vietnamese task may open with. Longer ones first need not be listed in order: the longest wins. */
export const viVerbs = [
  'ban hành', 'xây dựng', 'hoàn thiện', 'hoàn chỉnh', 'hoàn thành', 'trình', 'đề xuất', 'chuẩn bị', 'lập', 'thành lập', 'kiện toàn', 'phát động', 'cung cấp', 'biên soạn', 'tổng hợp', 'tham mưu',
  'soạn thảo', 'sửa đổi', 'bổ sung', 'phê duyệt', 'công bố', 'sơ kết', 'tổng kết', 'tổ chức', 'hướng dẫn', 'chủ trì', 'phối hợp', 'chỉ đạo', 'triển khai', 'thực hiện', 'rà soát', 'kiểm tra', 'giám sát',
  'thanh tra', 'đôn đốc', 'theo dõi', 'đánh giá', 'báo cáo', 'tăng cường', 'đẩy mạnh', 'nâng cao', 'bảo đảm', 'đảm bảo', 'bố trí', 'phân bổ', 'cân đối', 'huy động', 'lồng ghép', 'tuyên truyền',
  'vận động', 'phổ biến', 'quán triệt', 'giáo dục', 'đào tạo', 'bồi dưỡng', 'tập huấn', 'quản lý', 'xử lý', 'giải quyết', 'tháo gỡ', 'khắc phục', 'chấn chỉnh', 'đấu tranh', 'triệt phá', 'triệt xóa',
  'phát hiện', 'ngăn chặn', 'phòng ngừa', 'phòng, chống', 'điều tra', 'truy tố', 'xét xử', 'khởi tố', 'bắt giữ', 'thu thập', 'thống kê', 'khảo sát', 'xác định', 'nghiên cứu', 'tính toán', 'cân nhắc',
  'đề ra', 'đưa', 'chọn', 'lựa chọn', 'cử', 'gửi', 'ký', 'ký kết', 'mở', 'mở rộng', 'phát triển', 'đầu tư', 'nâng cấp', 'cải tạo', 'sửa chữa', 'mua sắm', 'trang bị', 'ứng dụng', 'kết nối',
  'chia sẻ', 'cập nhật', 'đồng bộ', 'số hóa', 'tích hợp', 'vận hành', 'khai thác', 'tiếp nhận', 'tiếp thu', 'giải trình', 'phản ánh', 'kiến nghị', 'đề nghị', 'yêu cầu', 'giao', 'phân công', 'phân cấp',
  'phân loại', 'phân tích', 'dự báo', 'cảnh báo', 'thông tin', 'thông báo', 'thông tin, tuyên truyền', 'đăng tải', 'phát sóng', 'đưa tin', 'hỗ trợ', 'giúp đỡ', 'tư vấn', 'chăm sóc', 'điều trị', 'cai nghiện',
  'cấp', 'cấp phát', 'chi trả', 'thanh toán', 'giải ngân', 'quyết toán', 'thẩm định', 'thẩm tra', 'xem xét', 'quyết định', 'quy định', 'cụ thể hóa', 'thể chế hóa', 'duy trì', 'củng cố', 'phát huy',
  'nhân rộng', 'biểu dương', 'khen thưởng', 'kỷ luật', 'xem xét trách nhiệm', 'làm rõ', 'làm tốt', 'làm', 'tạo', 'tạo điều kiện', 'giữ vững', 'giữ', 'lấy', 'lấy ý kiến', 'dành', 'ưu tiên', 'chú trọng', 'quan tâm',
  'coi trọng', 'xác minh', 'chịu trách nhiệm', 'đẩy nhanh', 'rút ngắn', 'cắt giảm', 'giảm', 'tăng', 'phấn đấu', 'tập trung', 'thúc đẩy', 'khuyến khích', 'đổi mới', 'cải tiến', 'cải cách', 'đơn giản hóa',
  'nắm', 'nắm chắc', 'nắm vững', 'nắm tình hình', 'bám sát', 'đi sâu', 'ra quân', 'tuần tra', 'kiểm soát', 'tuần tra, kiểm soát', 'lãnh đạo', 'chỉ huy', 'điều hành', 'bàn giao', 'thay thế', 'bãi bỏ', 'thu hồi',
  'thu gom', 'tiêu hủy', 'xét nghiệm', 'lập danh sách', 'lập hồ sơ', 'tham gia', 'kết hợp', 'liên kết', 'hợp tác', 'đàm phán', 'trao đổi', 'họp', 'giao ban', 'tổ chức họp', 'đăng ký', 'cam kết', 'ký cam kết',
  'thí điểm', 'đặt hàng', 'xã hội hóa', 'chuyển đổi', 'chuyển', 'sắp xếp', 'bảo vệ', 'giải tỏa', 'di dời', 'khôi phục', 'phục hồi', 'ứng phó', 'khoanh vùng', 'dập dịch', 'sơ tán', 'cứu hộ', 'cứu nạn', 'trực ban',
  'thường trực', 'trực', 'phân định', 'phân tách', 'xác lập', 'thiết lập', 'thiết kế', 'kiểm kê', 'kiểm toán', 'tiến hành', 'đối thoại', 'phê bình', 'nhận diện', 'nhận xét', 'hạn chế', 'loại bỏ', 'xóa bỏ', 'chấm dứt',
  'nghiêm cấm', 'cấm', 'từ chối', 'chấp hành', 'tuân thủ', 'áp dụng', 'căn cứ', 'tiếp cận', 'trao', 'tặng', 'thăm', 'nghiêm túc', 'quán triệt, thực hiện', 'thuê', 'lên', 'có', 'kêu gọi', 'thu hút', 'tiết kiệm', 'dự toán',
  'lắp đặt', 'niêm yết', 'giới thiệu', 'tìm', 'tạo lập', 'gắn', 'đặt', 'đo lường', 'định hướng', 'hình thành', 'ổn định', 'đáp ứng', 'dự phòng', 'dự trữ', 'bình ổn', 'chống', 'nâng', 'rà', 'đốc thúc', 'nhắc nhở', 'cử tuyển', 'tổng rà soát', 'tổng kiểm tra', 'tổng điều tra', 'đa dạng hóa', 'cá biệt hóa', 'chuẩn hóa', 'hiện đại hóa', 'phân luồng', 'tái hòa nhập', 'giáo dục, thuyết phục', 'cấp cứu', 'tiêm', 'phun', 'dọn', 'làm sạch', 'đóng cửa', 'tạm dừng', 'đình chỉ', 'truy quét', 'truy bắt', 'xóa', 'triệt', 'tước', 'xử phạt', 'răn đe', 'lắng nghe', 'tự kiểm tra', 'gương mẫu', 'nêu gương', 'hoàn trả', 'đối chiếu', 'rút kinh nghiệm', 'khơi dậy', 'cổ vũ', 'lan tỏa', 'tôn vinh', 'thi đua', 'phát thanh', 'viết', 'in', 'dịch', 'đăng', 'công khai', 'minh bạch',
] as const;

/** Words of manner and time that may stand between actor and verb, or open a task. */
export const viAdverbs = [
  'khẩn trương', 'sớm', 'chủ động', 'tiếp tục', 'tập trung', 'thường xuyên', 'kịp thời', 'nghiêm túc', 'trực tiếp', 'định kỳ', 'trước mắt', 'ngay', 'quyết liệt', 'tích cực', 'nhanh chóng', 'đồng thời',
  'thực sự', 'tuyệt đối', 'phải', 'cần', 'không', 'cùng', 'cũng', 'phải luôn', 'luôn', 'cần phải', 'tự', 'chỉ', 'ngay lập tức', 'lập tức', 'hằng năm', 'hàng năm', 'hằng tháng', 'hàng tháng', 'hằng quý', 'hàng quý', 'hằng tuần', 'hàng tuần',
  'theo chức năng, nhiệm vụ', 'theo chức năng', 'từng bước', 'quyết tâm', 'nỗ lực', 'phấn đấu', 'gương mẫu', 'sâu sát', 'đặc biệt', 'nhất là', 'trước hết', 'mạnh dạn', 'kiên quyết', 'kiên trì', 'toàn diện', 'đồng loạt', 'thống nhất', 'linh hoạt', 'liên tục', 'tập trung cao độ', 'hết sức', 'rất', 'tốt', 'nhanh', 'thật sự', 'chặt chẽ', 'tiên phong', 'theo thẩm quyền', 'vẫn phải', 'nên',
] as const;
