ALTER TABLE ab_test DROP CONSTRAINT ab_test_test_type_check;
ALTER TABLE ab_test ADD CONSTRAINT ab_test_test_type_check CHECK (test_type IN ('subject_line', 'content', 'from_name', 'send_time'));
