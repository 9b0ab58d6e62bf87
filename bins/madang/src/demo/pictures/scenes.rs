//! Scenes, painted pixel by pixel.

use crate::demo::draw::Draw;

/// The sides of every picture.
pub(super) const SIDES: (u32, u32) = (480, 320);

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Scene {
    /// Hills before the evening sky.
    Dusk,
    /// A tree in blossom.
    Blossom,
    /// Lit windows.
    Night,
    /// Rain on a window.
    Rain,
    /// Bands of colour with a disc.
    Poster,
    /// Backs of books.
    Books,
}

type Colour = [f32; 3];

impl Scene {
    /// The scene of a word of the texts.
    pub(in super::super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "dusk" => Self::Dusk,
            "blossom" => Self::Blossom,
            "night" => Self::Night,
            "rain" => Self::Rain,
            "poster" => Self::Poster,
            "books" => Self::Books,
            _ => return None,
        })
    }
}

/// The pixels of a scene, a little different each time.
pub(super) fn paint(scene: Scene, draw: &mut Draw) -> Vec<u8> {
    let shift = draw.below(1000) as f32 / 1000.0;
    let (width, height) = SIDES;
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
            let colour = match scene {
                Scene::Dusk => dusk(across, down, shift),
                Scene::Blossom => blossom(across, down, shift),
                Scene::Night => night(across, down, shift),
                Scene::Rain => rain(across, down, shift),
                Scene::Poster => poster(across, down, shift),
                Scene::Books => books(across, down, shift),
            };
            pixels.extend(colour.map(|part| part.clamp(0.0, 255.0) as u8));
        }
    }
    pixels
}

fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    let [a, b, c] = one;
    let [d, e, f] = other;
    [a + (d - a) * share, b + (e - b) * share, c + (f - c) * share]
}

/// A number below one that looks random, the same for the same cell.
fn grain(x: f32, y: f32, shift: f32) -> f32 {
    ((x * 127.1 + y * 311.7 + shift * 74.7).sin() * 43_758.547).fract().abs()
}

fn dusk(x: f32, y: f32, shift: f32) -> Colour {
    let sky = mix([92.0, 84.0, 150.0], [250.0, 170.0, 120.0], y * 1.4);
    let (sun_x, sun_y) = (0.3 + shift * 0.4, 0.5);
    let glow = 1.0 - ((x - sun_x).powi(2) * 2.2 + (y - sun_y).powi(2)).sqrt() * 3.0;
    let sky = mix(sky, [255.0, 236.0, 190.0], glow);
    let far = 0.62 + 0.06 * (x * 7.0 + shift * 9.0).sin();
    let near = 0.76 + 0.05 * (x * 11.0 + shift * 4.0).sin();
    match y {
        y if y > near => [38.0, 40.0, 58.0],
        y if y > far => [78.0, 66.0, 96.0],
        _ => sky,
    }
}

fn blossom(x: f32, y: f32, shift: f32) -> Colour {
    let sky = mix([186.0, 216.0, 240.0], [236.0, 244.0, 248.0], y);
    if y > 0.86 {
        return [128.0, 160.0, 104.0];
    }
    let crown = (x - 0.5).powi(2) * 1.6 + (y - 0.38).powi(2) * 2.4;
    let petal = grain((x * 90.0).floor(), (y * 60.0).floor(), shift);
    if crown < 0.13 * petal + 0.05 {
        return mix([240.0, 170.0, 190.0], [255.0, 228.0, 236.0], petal);
    }
    if (x - 0.5 - (y - 0.6) * 0.1).abs() < 0.018 && y > 0.4 { [96.0, 70.0, 62.0] } else { sky }
}

fn night(x: f32, y: f32, shift: f32) -> Colour {
    let sky = mix([14.0, 18.0, 44.0], [40.0, 48.0, 88.0], y);
    let (column, row) = ((x * 24.0).floor(), (y * 18.0).floor());
    let roof = 0.3 + 0.25 * grain((x * 6.0).floor(), 3.0, shift);
    if y < roof {
        let star = grain((x * 120.0).floor(), (y * 80.0).floor(), shift);
        return if star > 0.996 { [235.0, 235.0, 220.0] } else { sky };
    }
    let within = (x * 24.0).fract() > 0.3 && (y * 18.0).fract() > 0.4;
    let lit = grain(column, row, shift) > 0.55;
    match (within, lit) {
        (true, true) => [250.0, 214.0, 140.0],
        (true, false) => [44.0, 48.0, 70.0],
        _ => [26.0, 28.0, 46.0],
    }
}

fn rain(x: f32, y: f32, shift: f32) -> Colour {
    let street = mix([120.0, 134.0, 146.0], [70.0, 82.0, 92.0], y + 0.1 * (x * 9.0 + shift * 5.0).sin());
    let line = grain((x * 70.0).floor(), 1.0, shift);
    let drop = ((y * 3.0 + line * 7.0).fract() - 0.5).abs();
    let streak = if line > 0.6 && drop < 0.2 { 0.5 - drop } else { 0.0 };
    let pane = (x - 0.5).abs() < 0.012 || (y - 0.5).abs() < 0.016;
    if pane { [222.0, 218.0, 208.0] } else { mix(street, [226.0, 234.0, 240.0], streak) }
}

fn poster(x: f32, y: f32, shift: f32) -> Colour {
    let inks = [[236.0, 94.0, 72.0], [246.0, 190.0, 72.0], [62.0, 138.0, 140.0], [44.0, 58.0, 92.0]];
    let band = ((x + y * 0.5 + shift) * 5.0).floor() as usize;
    let ground = inks.get(band % inks.len()).copied().unwrap_or_default();
    let disc = ((x - 0.5) * 1.5).powi(2) + (y - 0.45).powi(2);
    if y > 0.82 || disc < 0.06 { [250.0, 244.0, 230.0] } else { ground }
}

fn books(x: f32, y: f32, shift: f32) -> Colour {
    let (shelf, book) = ((y * 2.0).floor(), (x * 16.0).floor());
    let height = 0.72 + 0.2 * grain(book, shelf + 9.0, shift);
    let up = 1.0 - (y * 2.0).fract();
    if up < 0.08 {
        return [120.0, 86.0, 58.0];
    }
    if up > height || (x * 16.0).fract() < 0.06 {
        return [70.0, 52.0, 40.0];
    }
    let tint = |part: f32| 70.0 + 150.0 * grain(book, shelf + part, shift);
    let title = (up - 0.5).abs() < 0.08 && (x * 16.0).fract() > 0.3 && (x * 16.0).fract() < 0.76;
    if title { [240.0, 230.0, 200.0] } else { [tint(1.0), tint(2.0), tint(3.0)] }
}
