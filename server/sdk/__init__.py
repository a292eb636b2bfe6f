"""The widget SDK: whole, and with the parts that an account's experiences need."""
