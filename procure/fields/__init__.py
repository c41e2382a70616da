"""What a page can ask, and how the answer is read: nothing typed is lost, nothing odd that is posted crashes."""
