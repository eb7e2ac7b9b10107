"""Tests of the export and of the calibration; seconds on a CPU."""
