/** What a document begins with, and the few macros that it and a fragment share. */

export const LATEX_PREAMBLE = String.raw`\documentclass[11pt,a4paper]{article}
\usepackage{amsmath,amssymb}
\usepackage{color}
\usepackage[hidelinks]{hyperref}
\setlength{\textwidth}{160mm}
\setlength{\textheight}{240mm}
\setlength{\oddsidemargin}{-0.4mm}
\setlength{\topmargin}{-12mm}
\pagestyle{plain}
`;

/** Defined once, whichever fragment is read first. Formulas are lines that hang under their own start. */
export const LATEX_MACROS = String.raw`\makeatletter
\providecommand{\everyminsetup}{\setlength{\parindent}{0pt}\setlength{\parskip}{2pt plus 1pt}\raggedright\emergencystretch=3em\relax}
\providecommand{\everyminlabel}[1]{\phantomsection\label{#1}}
\providecommand{\everyminline}[2]{\par\noindent\hangindent=\dimexpr #1em+2em\relax\hangafter=1\hspace*{#1em}$\displaystyle #2$\par}
\providecommand{\everymincell}[1]{\raggedright\hspace{0pt}#1}
\providecommand{\everyminpair}[2]{\par\noindent\hangindent=2em\hangafter=1 #1\quad #2\par}
\providecommand{\everyminink}[1]{\@ifundefined{color}{}{\color[rgb]{#1}}\ignorespaces}
\providecommand{\everyminword}[1]{\footnotesize\fboxsep=1pt\relax\@ifundefined{color}{#1}{\colorbox[rgb]{1,1,1}{#1}}}
\@ifundefined{everyminpicture}{%
\newenvironment{everyminpicture}[3]{\par\addvspace{4pt}\begingroup\setlength{\unitlength}{\dimexpr\linewidth/640\relax}%
\ifdim\unitlength>#3\setlength{\unitlength}{#3}\fi\begin{picture}(#1,#2)}%
{\end{picture}\par\endgroup\addvspace{4pt}}}{}
\@ifundefined{everyminitem}{%
\newenvironment{everyminitem}{\begin{list}{}{\setlength{\leftmargin}{1.5em}\setlength{\itemindent}{-1.5em}%
\setlength{\listparindent}{0pt}\setlength{\parsep}{2pt plus 1pt}\setlength{\topsep}{4pt plus 2pt}\setlength{\partopsep}{0pt}}%
\item\relax}{\end{list}}%
\newenvironment{everyminformula}{\par\addvspace{2pt}\begingroup\raggedright\relpenalty=200\binoppenalty=400\relax}%
{\par\endgroup\addvspace{2pt}}}{}
\makeatother
`;
