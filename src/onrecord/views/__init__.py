"""What people see: command line, exports, pages."""
