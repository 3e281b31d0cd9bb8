import { useState } from 'react';
import { useText } from '../language/language.tsx';
import { FewChoices } from './few-choices.tsx';
import { chooseTheme, chosenTheme, themeChoices } from './theme-choice.ts';

/** The theme of the system, or always the light or the dark one; remembered by this browser. */
export function ThemeSwitch() {
  const { t } = useText();
  const [chosen, setChosen] = useState(chosenTheme);
  return (
    <FewChoices
      label={t.app.theme}
      choices={themeChoices.map((value) => ({ value, text: t.app.themes[value] }))}
      value={chosen}
      onChange={(choice) => {
        chooseTheme(choice);
        setChosen(choice);
      }}
    />
  );
}
