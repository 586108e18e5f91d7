roll-forward-missing-year = kontrollåret { $year }
roll-forward-no-year-before = Det finns inget kontrollår { $year } att föra över från.
roll-forward-shared-stays = Den gäller hela kommunen och ska fortsätta göra det. Utelämna förvaltningen.
roll-forward-missing-department = förvaltningen som den ska hamna hos
roll-forward-divided-department = Förvaltningen har delats upp på flera. Ange vilken av dem den ska hamna hos.
roll-forward-ids-or-kind = Ange förslag, eller vilket slag och vilken förvaltning. Inte båda.
roll-forward-too-many = Högst { $most } kan föras över på en gång, inte { $number }. Ange färre, eller ett slag eller en förvaltning.
roll-forward-department-gone = Andra för förvaltningens arbete vidare den { $day }. Ange en förvaltning som finns då, eller gör överföringen på nytt.
