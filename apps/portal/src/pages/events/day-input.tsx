import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Day } from './events-search.js';

interface DayInputProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChoose: (day: string | undefined) => void;
}

/**
 * A day of the calendar. While its year is typed a browser says year 2, 20 and 202, so that what is no day yet that events
 * can be of is shown and not chosen, and is gone when the input is left.
 */
export function DayInput({ label, value, min, max, onChoose }: DayInputProps) {
  const [text, setText] = useState(value ?? '');
  const [chosen, setChosen] = useState(value);
  // Another address: the back button, or filters that were cleared.
  if (chosen !== value) {
    setChosen(value);
    setText(value ?? '');
  }
  return (
    <TextInput
      type="date"
      flex="1 1 8rem"
      label={label}
      value={text}
      min={min}
      max={max}
      onChange={({ currentTarget }) => {
        const typed = currentTarget.value;
        setText(typed);
        if (typed === '' || Day.safeParse(typed).success) onChoose(typed || undefined);
      }}
      onBlur={() => setText(value ?? '')}
    />
  );
}
