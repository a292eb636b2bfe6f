"""What `understudy doctor` looks at, and the verdicts it comes to."""
