roll-forward-missing-year = the control year { $year }
roll-forward-no-year-before = There is no control year { $year } to roll forward from.
roll-forward-shared-stays = It is the whole municipality's and stays so: leave the department out.
roll-forward-missing-department = the department that it lands on
roll-forward-divided-department = Its department was divided among several: say which one it lands on.
roll-forward-ids-or-kind = Name proposals, or say of which kind and department: not both.
roll-forward-too-many = At most { $most } come along at once, not { $number }: say fewer, or one kind or department.
roll-forward-department-gone = Others carry on the department's work on { $day }: name one that stands then, or roll forward again.
