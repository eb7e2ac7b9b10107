"""Makes what `public/models/` holds: export, golden vectors, manifest, calibration."""
