"""Faults in the contract itself: client rebuilt, server and judge obeying the faulty one."""
