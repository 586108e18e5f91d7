roll-forward-missing-year = the control year { $year }
roll-forward-no-year-before = There is no control year { $year } to roll forward from.
roll-forward-shared-stays = It is the whole municipality's and stays so: leave the department out.
roll-forward-missing-department = the department that it lands on
roll-forward-divided-department = Its department was divided among several: say which one it lands on.
