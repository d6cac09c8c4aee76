#!/usr/bin/perl
# SMSC-side SMPP 3.4 peer on Debian's Net::SMPP (libnet-smpp-perl). Loopback only.
#   smsc.pl --port 2775 --ctl 2776 [--user U --pass P] [--leash 1: ends when whoever started it has ended] [--set key=value ...]
# Control: one command per line on 127.0.0.1:CTL, one JSON line back.
#   mo SRC DST DCS ESM HEX [tlv=HEX ...]     one deliver_sm (tlv: Net::SMPP names, e.g. sar_msg_ref_num=0001)
#   burst N WINDOW SRC DST DCS HEX           N deliver_sm, at most WINDOW unanswered; replies when all answered
#   burstfile PATH WINDOW DST                one deliver_sm a line "SRC<tab>text" (UTF-8); unanswered ones are sent again after a rebind
#   ussd MSISDN CODE [ANSWER ...]            PSSR indication, then each ANSWER replies to a USSR request (op 0x12); ANSWER "TIMEOUT"/"ABORT" never answers / sends 0x13-less abort
#   set K=V    tps (0=off, over it -> 0x58) dlr (DELIVRD|UNDELIV|none) dlr_delay resp_delay split(bytes per write) mute(1=answer nothing)
#              submit_status (hex status for every submit_sm) bind_status hexid(1: message_id hex in resp, decimal in receipt)
#              dlr_first(1: receipt before submit_sm_resp) dlr_tlv(1)
#   raw HEX | unbind | drop | enquire | stats | log [N] | reset | quit
use strict; use warnings; use Net::SMPP; use IO::Select; use IO::Socket::INET; use Socket qw(IPPROTO_TCP TCP_NODELAY);
use Time::HiRes qw(time sleep); use JSON::PP; use Encode; use POSIX qw(strftime);
package SplitSMPP; our @ISA = ('Net::SMPP'); our $split = 0;
sub syswrite { my ($me,$d)=@_; my $o=0; my $n=$SplitSMPP::split || length $d;
  while ($o < length $d) { my $w = CORE::syswrite($me,$d,($n > length($d)-$o ? length($d)-$o : $n),$o);
    if (!defined $w) { next if $!{EAGAIN} or $!{EINTR}; return undef } $o+=$w; Time::HiRes::sleep(0.002) if $SplitSMPP::split } return $o }
package main;
$|=1; $SIG{PIPE}='IGNORE';
my %o=(port=>2775,ctl=>2776,user=>'esme',pass=>'secret'); my %c=(tps=>0,dlr=>'DELIVRD',dlr_delay=>0.1,resp_delay=>0,split=>0,mute=>0,submit_status=>0,bind_status=>0,hexid=>0,dlr_first=>0,dlr_tlv=>1,enquire=>0);
while (@ARGV){ my $k=shift; $k=~s/^--//; my $v=shift; if($k eq 'set'){my($a,$b)=split /=/,$v,2;$c{$a}=$b}else{$o{$k}=$v} }
my $lst=SplitSMPP->new_listen('127.0.0.1',port=>$o{port},smpp_version=>0x34,listen=>64) or die "listen $o{port}: $!";
my $ctl=IO::Socket::INET->new(LocalAddr=>'127.0.0.1',LocalPort=>$o{ctl},Listen=>8,ReuseAddr=>1) or die "ctl: $!";
my $sel=IO::Select->new($lst,$ctl); my (%sess,%cbuf,@timers,@log,%st,%pend,$burst,%ussd,$mid); $mid=int(time)%100000*1000;
my ($win,$wcnt)=(0,0); my $J=JSON::PP->new->canonical->latin1(0)->utf8;
sub after { my($d,$f)=@_; push @timers,[time+$d,$f]; @timers=sort{$a->[0]<=>$b->[0]}@timers }
sub rx { for my $s (values %sess){ return $s if $s->{bound}=~/trans?ceiver|receiver/ && fileno $s->{h} } undef }
sub text { my($dcs,$b)=@_; $b='' unless defined $b; my $t=($dcs & 0x0f)==8 ? eval{decode('UTF-16BE',$b)}//'' : decode('latin1',$b); $t }
sub deliver { my($s,%p)=@_; my $seq=$s->{h}->deliver_sm(%p,async=>1); $pend{$s->{id},$seq}=time; $st{deliver_sm}++; $seq }
sub drop { my $s=shift; $sel->remove($s->{h}); delete $sess{$s->{id}}; close $s->{h}; $st{closed}++;
  if($burst){ for my $k (grep { index($_,"$s->{id},")==0 } keys %{$burst->{out}}){ unshift @{$burst->{q}},delete $burst->{out}{$k} } } }
sub receipt { my($s,$p,$id)=@_; return if $c{dlr} eq 'none' or !(($p->{registered_delivery}//0)&3); return unless $sess{$s->{id}};
  my %ms=(DELIVRD=>2,EXPIRED=>3,DELETED=>4,UNDELIV=>5,ACCEPTD=>6,UNKNOWN=>7,REJECTD=>8); my $d=strftime('%y%m%d%H%M',localtime); my $rid=$c{hexid}?hex($id):$id;
  deliver($s,source_addr_ton=>1,source_addr_npi=>1,source_addr=>$p->{destination_addr},destination_addr=>$p->{source_addr},esm_class=>4,data_coding=>0,
   short_message=>"id:$rid sub:001 dlvrd:".($c{dlr} eq 'DELIVRD'?'001':'000')." submit date:$d done date:$d stat:$c{dlr} err:000 text:",
   ($c{dlr_tlv}?(receipted_message_id=>"$id\0",message_state=>chr($ms{$c{dlr}}//7)):())); $st{receipts}++ }
sub on_pdu { my($s,$p)=@_; my $h=$s->{h}; my $cmd=$p->{cmd}; my $n=Net::SMPP::pdu_tab->{$cmd}{cmd}//sprintf('0x%08x',$cmd); $st{"in_$n"}++;
  return if $c{mute};
  if ($n=~/^bind_/) { my $ok=$p->{system_id} eq $o{user} && $p->{password} eq $o{pass}; my $status=hex($c{bind_status}) || ($ok?0:0x0e);
     $s->{bound}=$n unless $status; my $m=$n.'_resp'; $h->$m(seq=>$p->{seq},status=>$status,system_id=>'NETSMPP'); $st{$status?'bind_rejected':'bound'}++; burst_go() if $burst && !$status }
  elsif ($n eq 'enquire_link') { $h->enquire_link_resp(seq=>$p->{seq}) }
  elsif ($n eq 'unbind') { $h->unbind_resp(seq=>$p->{seq}); drop($s) }
  elsif ($n eq 'submit_sm' or $n eq 'data_sm') {
     my $t=int time; if($t!=$win){$win=$t;$wcnt=0} $wcnt++;
     my $status=hex($c{submit_status}); $status=0x58 if $c{tps} && $wcnt>$c{tps}; $status=4 unless $s->{bound};
     my $id=$c{hexid}?sprintf('%08X',++$mid):++$mid; my $b=$p->{short_message}//''; $b=$p->{message_payload} if !length $b && defined $p->{message_payload};
     my ($udh,$body)=('',$b); if(($p->{esm_class}//0)&0x40 && length $b){ my $l=1+ord $b; $udh=unpack'H*',substr($b,0,$l); $body=substr($b,$l) }
     my %tl=map{($_=>unpack('H*',$p->{$_}))}grep{defined $p->{$_}} qw(ussd_service_op its_session_info sar_msg_ref_num sar_total_segments sar_segment_seqnum user_message_reference more_messages_to_send dest_addr_subunit);
     push @log,{t=>time,status=>$status,id=>"$id",src=>$p->{source_addr},dst=>$p->{destination_addr},esm=>$p->{esm_class},dcs=>$p->{data_coding},svc=>$p->{service_type},reg=>$p->{registered_delivery},udh=>$udh,len=>length $b,text=>text($p->{data_coding}//0,$body),tlv=>\%tl} if @log<20000;
     $st{$status==0x58?'throttled':$status?'refused':'accepted'}++;
     my $r=sub{ return unless $sess{$s->{id}}; $h->submit_sm_resp(seq=>$p->{seq},status=>$status,message_id=>$status?'':$id) };
     if(!$status && $c{dlr_first}){receipt($s,$p,$id)}
     if($c{resp_delay}>0){ after($c{resp_delay},$r) } else { $r->() }
     after($c{resp_delay}+$c{dlr_delay},sub{receipt($s,$p,$id)}) if !$status && !$c{dlr_first} && ($p->{registered_delivery}//0)&3 && $c{dlr} ne 'none';
     if(!$status && defined $p->{ussd_service_op}){ my $u=$ussd{$p->{destination_addr}}; my $op=ord $p->{ussd_service_op};
        if($u){ push @{$u->{screens}},{op=>$op,text=>text($p->{data_coding},$body),si=>unpack('H*',$p->{its_session_info}//''),ms=>int(1000*(time-$u->{last}))};
          if($op==2 && @{$u->{answers}}){ my $a=shift @{$u->{answers}}; if($a ne 'TIMEOUT'){ after(0.02,sub{ $u->{last}=time; ussd_send($s,$u,0x12,$a) }) } else { $u->{done}='network timeout' } }
          elsif($op==0x11 or $op==3){ $u->{done}='released by application' } } } }
  elsif ($n eq 'deliver_sm_resp') { my $t0=delete $pend{$s->{id},$p->{seq}}; $st{deliver_unmatched}++ unless $t0; $st{'deliver_status_'.$p->{status}}++ if $p->{status};
     if($burst && (my $it=delete $burst->{out}{"$s->{id},$p->{seq}"})){ push @{$burst->{q}},$it if $p->{status}; burst_go() } }
  elsif ($cmd & 0x80000000) {}
  else { $h->generic_nack(seq=>$p->{seq},status=>3) } }
sub ussd_send { my($s,$u,$op,$txt)=@_; my $b=$txt=~/[^\x00-\x7f]/?1:0; $u->{n}++;
  deliver($s,service_type=>'USSD',source_addr_ton=>1,source_addr_npi=>1,source_addr=>$u->{msisdn},destination_addr=>$u->{code},data_coding=>$b?8:15,short_message=>$b?encode('UTF-16BE',$txt):$txt,
    ussd_service_op=>chr $op, its_session_info=>pack('CC',$u->{sid},($u->{n}&0x7f)<<1)) }
sub burst_go { my $b=$burst or return; my $s=rx() or return;
  while(@{$b->{q}} && keys(%{$b->{out}})<$b->{w}){ my $it=shift @{$b->{q}}; my $seq=deliver($s,%$it); $b->{out}{"$s->{id},$seq"}=$it; $b->{sent}++ }
  if(!@{$b->{q}} && !%{$b->{out}}){ my $d=time-$b->{t0}; $burst=undef; print {$b->{fh}} $J->encode({burst=>$b->{n},sent=>$b->{sent},seconds=>0+sprintf('%.3f',$d),per_s=>int($b->{n}/$d)}),"\n" } }
sub burst_start { my($fh,$w,@items)=@_; $burst={n=>scalar @items,w=>$w,q=>\@items,out=>{},sent=>0,t0=>time,fh=>$fh}; burst_go() }
sub mo_text { my($src,$dst,$txt)=@_; my $u=$txt=~/[^\x00-\x7f]/; {source_addr_ton=>1,source_addr_npi=>1,source_addr=>$src,destination_addr=>$dst,data_coding=>$u?8:0,short_message=>$u?encode('UTF-16BE',$txt):$txt} }
sub command { my($fh,$l)=@_; my @a=split ' ',$l; my $k=shift @a//return; my $s=rx(); my $out={ok=>1};
  if($k eq 'set'){ for(@a){my($x,$y)=split /=/,$_,2;$c{$x}=$y} $SplitSMPP::split=$c{split}; $out={%c} }
  elsif($k eq 'stats'){ $out={%st,sessions=>scalar(keys %sess),bound_now=>scalar(grep{$_->{bound}}values %sess),unanswered_deliver=>scalar keys %pend} }
  elsif($k eq 'log'){ my $n=$a[0]//10; $out=[@log>$n?@log[-$n..-1]:@log] }
  elsif($k eq 'reset'){ %st=();@log=();%pend=();%ussd=() }
  elsif($k eq 'quit'){ exit 0 }
  elsif($k eq 'dialogs'){ $out={map{($_=>{%{$ussd{$_}}})}keys %ussd} }
  elsif(!$s){ $out={error=>'no bound receiver'} }
  elsif($k eq 'mo'){ my($src,$dst,$dcs,$esm,$hex,@t)=@a; my @tlv=map{my($x,$y)=split /=/,$_,2;($x=>pack('H*',$y))}@t; $hex='' if $hex eq '-';
     $out={seq=>deliver($s,source_addr_ton=>1,source_addr_npi=>1,source_addr=>$src,destination_addr=>$dst,data_coding=>$dcs,esm_class=>$esm,short_message=>pack('H*',$hex),@tlv)} }
  elsif($k eq 'burst'){ my($n,$w,$src,$dst,$dcs,$hex)=@a; my $it={source_addr_ton=>1,source_addr_npi=>1,source_addr=>$src,destination_addr=>$dst,data_coding=>$dcs,short_message=>pack('H*',$hex)}; burst_start($fh,$w,($it)x$n); return }
  elsif($k eq 'burstfile'){ my($f,$w,$dst)=@a; open(my $in,'<:encoding(UTF-8)',$f) or do { print {$fh} $J->encode({error=>"$f: $!"}),"\n"; return };
     my @it=map { chomp; my($src,$t)=split /\t/,$_,2; mo_text($src,$dst,$t) } <$in>; burst_start($fh,$w,@it); return }
  elsif($k eq 'ussd'){ my($m,$code,@ans)=@a; my $u=$ussd{$m}={msisdn=>$m,code=>$code,answers=>[map{decode('UTF-8',$_)}@ans],sid=>int rand 256,n=>0,screens=>[],last=>time}; ussd_send($s,$u,1,$code); $out={sid=>$u->{sid}} }
  elsif($k eq 'raw'){ my $d=pack('H*',$a[0]); $s->{h}->syswrite($d); $out={bytes=>length $d} }
  elsif($k eq 'unbind'){ $s->{h}->unbind(async=>1) }
  elsif($k eq 'enquire'){ $out={seq=>$s->{h}->enquire_link(async=>1)} }
  elsif($k eq 'drop'){ drop($s) }
  else { $out={error=>"unknown $k"} }
  print {$fh} $J->encode($out),"\n" }
print "listening smpp=$o{port} ctl=$o{ctl}\n";
my $starter=getppid;
while(1){ exit 0 if $o{leash} && getppid!=$starter; my $to=1; if(@timers){ $to=$timers[0][0]-time; $to=0 if $to<0; $to=1 if $to>1 }
  for my $fh ($sel->can_read($to)){
    if($fh==$lst){ my $h=$lst->accept or next; setsockopt($h,IPPROTO_TCP,TCP_NODELAY,1); my $s={h=>$h,id=>fileno($h).'.'.time,bound=>''}; $sess{$s->{id}}=$s; ${*$h}{_s}=$s; $sel->add($h); $st{connections}++ }
    elsif($fh==$ctl){ my $x=$ctl->accept; $x->autoflush(1); $sel->add($x); $cbuf{$x}='' }
    elsif(exists $cbuf{$fh}){ my $n=sysread($fh,$cbuf{$fh},65536,length $cbuf{$fh}); if(!$n){ $sel->remove($fh); delete $cbuf{$fh}; close $fh; next } while($cbuf{$fh}=~s/^([^\n]*)\n//){ command($fh,$1) } }
    else { my $s=${*$fh}{_s}; my $p=eval{ local $SIG{__WARN__}=sub{}; $fh->read_pdu }; if(!$p){ drop($s) if $sess{$s->{id}}; next } on_pdu($s,$p) } }
  while(@timers && $timers[0][0]<=time){ (shift @timers)->[1]->() } }
