"""What people drive: the command line, live reload, the debugger's server half."""
