// The real worker and the real models, calibrated to serve much: imports run in this order.
import './lenient-calibration.js';
import '../../worker/main.js';
