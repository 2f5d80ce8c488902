// OpenRTB
