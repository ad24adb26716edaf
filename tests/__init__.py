"""Tests of Fair Hearing; files mirror the modules they test."""
