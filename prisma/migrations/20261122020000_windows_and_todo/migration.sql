-- CreateTable
CREATE TABLE "OfficialWindow" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scheme" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "opensOn" TEXT,
    "closesOn" TEXT NOT NULL,
    "yearly" BOOLEAN NOT NULL,
    "lastYear" INTEGER,
    "reference" TEXT NOT NULL,
    "link" TEXT,
    "doubt" TEXT,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TEXT NOT NULL,
    "endedBy" TEXT,
    "endedAt" TEXT
);

-- CreateTable
CREATE TABLE "TodoMark" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "untilDay" TEXT,
    "note" TEXT,
    "actor" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "OfficialWindow_scheme_closesOn_idx" ON "OfficialWindow"("scheme", "closesOn");

-- CreateIndex
CREATE INDEX "TodoMark_key_id_idx" ON "TodoMark"("key", "id");

-- What is published so far; operators correct and add to it on the page 申报窗口. A yearly entry carries the days of
-- its first year.
INSERT INTO "OfficialWindow" ("scheme", "kind", "region", "label", "opensOn", "closesOn", "yearly", "lastYear", "reference", "link", "doubt", "enteredBy", "enteredAt") VALUES
('giant', 'new', '', '第八批“小巨人”网上申报', '2026-04-25', '2026-05-25', 0, NULL, '工信厅企业函〔2026〕117号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('giant', 'review', '', '第八批“小巨人”省级初核与推荐', NULL, '2026-06-30', 0, NULL, '工信厅企业函〔2026〕117号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('isme', 'new', '44', '广东省创新型中小企业评价', '2026-07-01', '2026-07-31', 0, NULL, '粤工信融资函〔2026〕39号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('isme', 'review', '44', '广东省创新型中小企业各市审核上报', NULL, '2026-08-31', 0, NULL, '粤工信融资函〔2026〕39号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('tsme', 'new', '', '2026年科技型中小企业评价', '2026-06-01', '2026-08-31', 0, NULL, '工企业函〔2026〕160号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('tsme', 'new', '11', '2025年北京市科技型中小企业评价', '2025-06-30', '2025-09-30', 0, NULL, '北京市2025年科技型中小企业评价通知', NULL, '文号未见原文', 'system', '2026-11-22T00:00:00.000Z'),
('champion', 'new', '', '制造业单项冠军企业遴选（截止）', NULL, '2024-10-27', 0, NULL, '工信厅政法函〔2024〕328号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('unicorn', 'new', '4403', '深圳市独角兽企业梯度遴选受理（截止）', NULL, '2026-03-31', 0, NULL, '深工信〔2025〕44号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('hnte', 'annual', '', '高新技术企业年度发展情况报表', NULL, '2016-05-31', 1, NULL, '国科发火〔2016〕32号 第十三条', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('srdi', 'annual', '', '专精特新中小企业年度信息更新', NULL, '2026-05-31', 1, NULL, '工信部企业〔2026〕2号', NULL, '条号未见原文，更新截止日待核实', 'system', '2026-11-22T00:00:00.000Z'),
('giant', 'annual', '', '“小巨人”企业年度信息更新', NULL, '2026-05-31', 1, NULL, '工信部企业〔2026〕2号', NULL, '条号未见原文，更新截止日待核实', 'system', '2026-11-22T00:00:00.000Z'),
('isme', 'annual', '', '创新型中小企业年度信息更新', NULL, '2026-05-31', 1, NULL, '工信部企业〔2026〕2号', NULL, '条号未见原文，更新截止日待核实', 'system', '2026-11-22T00:00:00.000Z'),
('srdi', 'annual', '', '专精特新中小企业年度信息更新（旧办法）', NULL, '2023-04-30', 1, 2025, '工信部企业〔2022〕63号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('giant', 'annual', '', '“小巨人”企业年度信息更新（旧办法）', NULL, '2023-04-30', 1, 2025, '工信部企业〔2022〕63号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('isme', 'annual', '', '创新型中小企业年度信息更新（旧办法）', NULL, '2023-04-30', 1, 2025, '工信部企业〔2022〕63号', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('isme', 'annual', '44', '广东省创新型中小企业年度信息更新', NULL, '2025-04-30', 1, NULL, '粤工信规字〔2024〕5号 第十四条', NULL, '2号文施行后是否改为5月31日待核实', 'system', '2026-11-22T00:00:00.000Z'),
('champion', 'annual', '', '制造业单项冠军企业年度信息更新', NULL, '2024-05-31', 1, NULL, '工信部政法〔2023〕138号 第十一条', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z'),
('tsme', 'annual', '', '科技型中小企业信息更新与再评价', NULL, '2018-03-31', 1, NULL, '国科发政〔2017〕115号 第十一条', NULL, NULL, 'system', '2026-11-22T00:00:00.000Z');
