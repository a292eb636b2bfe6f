"""The routes of `/__understudy__/api/`, a module for each family."""
