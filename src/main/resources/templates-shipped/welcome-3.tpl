name: Welcome 3: the season
channel: email
type: marketing
category: welcome
subject: What the season brings
preheader: The last mail of three, and what comes after it.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Milk tastes of the season</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, in May, when the cows go out, milk turns yellow and butter soft. In winter they eat hay and everything tastes of it, a little nutty. We don’t even that out.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">That’s why the shop changes through the year: ice cream when it’s warm, cream and gift boxes when it isn’t.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">See what’s in season</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">This was the last of three. From now on we write when there is something worth telling.</p>
